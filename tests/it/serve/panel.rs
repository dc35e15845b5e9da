//! What the panel, the overlay and the site view are told.

use super::*;
use sowhat::base::date::Date;

#[test]
fn a_piece_that_fails_the_gate_is_shown_with_its_findings() {
    let served = Served::new();
    served.write(
        "content/essays/one.md",
        &ONE.replace("audience: cfo", "audience: everyone").replace("title: Price", "draft: false\ntitle: Price"),
    );
    assert_eq!(served.get("/insights/essays/one/").status, 200);
    let state = served.state("/insights/essays/one/");
    assert_eq!(state["brief"]["publishable"], false, "{state:#}");
    let slot = &state["brief"]["slots"][0];
    assert_eq!((&slot["label"], &slot["verdict"]), (&"For".into(), &"error".into()), "{slot:#}");
    let found = state["brief"]["findings"].as_array().unwrap();
    let audience = found.iter().find(|finding| finding["rule"].as_str().unwrap().starts_with("audience-")).unwrap();
    let text = fs::read_to_string(served.path("content/essays/one.md")).unwrap();
    let line = text.lines().position(|line| line.starts_with("audience")).unwrap() + 1;
    assert_eq!(audience["line"], line);
    served.write("content/essays/one.md", ONE);
    assert_eq!(served.state("/insights/essays/one/")["brief"]["publishable"], true);
    // Drafts and pieces of the future are shown as well.
    served.write("content/essays/one.md", &ONE.replace("title: Price", "draft: true\ntitle: Price"));
    assert_eq!(served.state("/insights/essays/one/")["brief"]["state"], "draft");
    served.write("content/essays/one.md", &ONE.replace("2026-10-02", "2027-10-02"));
    assert_eq!(served.state("/insights/essays/one/")["brief"]["state"], "scheduled");
}

#[test]
fn what_only_an_output_shows_is_found_though_nobody_opens_it() {
    let served = Served::new();
    let secret = "The figures were read twice a year by a man who never spoke to the finance office.";
    let four = fs::read_to_string(served.path("content/essays/four.md")).unwrap();
    served.write("content/essays/four.md", &format!("{four}\n{secret}\n"));
    assert_eq!(served.state("/insights/essays/one/")["site"]["open"], true);
    served.write("templates/404.html", &format!("<p>{secret}</p>"));
    served.wait_for("/_sowhat/page?path=/insights/essays/one/", "\"open\":false");
    served.wait_for("/_sowhat/site", "gate-body-leak");
    let state = served.state("/insights/essays/four/");
    assert_eq!(state["brief"]["publishable"], false, "{state:#}");
    // An edit elsewhere does not hide it, and what was mended is gone.
    served.write("content/essays/one.md", &format!("{ONE}\nOne more paragraph.\n"));
    assert_eq!(served.state("/insights/essays/one/")["site"]["open"], false);
    served.write("templates/404.html", "<p>Not here.</p>");
    served.wait_for("/_sowhat/page?path=/insights/essays/one/", "\"open\":true");
}

#[test]
fn faults_stand_over_the_last_good_page_until_mended() {
    let served = Served::new();
    let one = "/insights/essays/one/";
    let good = served.get(one).text();
    let check = |path: &str, broken: &str, rule: &str| {
        let before = fs::read_to_string(served.path(path)).ok();
        served.write(path, broken);
        let state = served.state(one);
        assert_eq!(state["faults"][0]["rule"], rule, "{state:#}");
        assert_eq!(state["faults"][0]["path"], path);
        match before {
            Some(text) => served.write(path, &text),
            None => fs::remove_file(served.path(path)).unwrap(),
        }
        assert_eq!(served.state(one)["faults"].as_array().unwrap().len(), 0, "{path}");
        assert_eq!(served.get(one).text(), good);
    };
    check("templates/piece.html", "{{ page.title", "template-error");
    check("site.toml", "title = ", "config-syntax");
    check("content/essays/one.md", "---\ntitle: x\n", "front-matter-unclosed");
    // While the configuration is broken, the brief of a page stays where it stood.
    let slots = |state: &serde_json::Value| state["brief"]["slots"].clone();
    let before = slots(&served.state(one));
    served.write("site.toml", "title = ");
    assert_eq!(slots(&served.state(one)), before);
    served.write("site.toml", SITE_TOML);
    assert_eq!(served.state(one)["faults"].as_array().unwrap().len(), 0);
    served.write("templates/piece.html", "{{ page.title");
    assert_eq!(served.get(one).text(), good, "the last good page is shown");
}

#[test]
fn a_configuration_that_is_wrong_at_the_start_is_shown_and_can_be_mended() {
    let served = Served::with("site.toml", "title = \n");
    let got = served.get("/");
    assert_eq!(got.status, 500);
    assert!(got.text().contains("/_sowhat/client.js"));
    assert_eq!(served.state("/")["faults"][0]["rule"], "config-syntax");
    served.write("site.toml", SITE_TOML);
    assert_eq!(served.get("/insights/").status, 200);
    fs::remove_file(served.path("site.toml")).unwrap();
    served.wait_for("/_sowhat/page?path=/insights/", "file-unreadable");
    served.write("site.toml", SITE_TOML);
    served.wait_for("/_sowhat/page?path=/insights/", "\"faults\":[]");
}

#[test]
fn the_site_view_lists_every_page() {
    let served = Served::new();
    let site = served.get("/_sowhat/site").json();
    let rows = site["rows"].as_array().unwrap();
    let one = rows.iter().find(|page| page["source"] == "content/essays/one.md").unwrap();
    assert_eq!((&one["href"], &one["state"]), (&"/insights/essays/one/".into(), &"live".into()));
    assert_eq!(rows.iter().filter(|page| page["gated"] == true).count(), 1);
    assert_eq!((&site["counts"]["gated"], &site["counts"]["all"]), (&1.into(), &rows.len().into()));
    let sources = |query: &str| -> Vec<String> {
        let site = served.get(&format!("/_sowhat/site?{query}")).json();
        site["rows"].as_array().unwrap().iter().map(|row| row["source"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(sources("show=gated"), ["content/essays/four.md"]);
    assert_eq!(sources("words=PRICE%20the"), ["content/essays/one.md"]);
    assert_eq!(sources("words=essays%2Ftwo"), ["content/essays/two/index.md"]);
    assert_eq!(sources("words=nobody"), [""; 0]);
    assert_eq!(sources("show=pieces&sort=newest")[0], "content/essays/two/index.md");
    assert_eq!(sources("sort=file")[0], "content/_index.md");
    // What is broken comes first, and can be asked for by the name of the rule.
    served.write("content/essays/one.md", &ONE.replace("audience: cfo", "audience: everyone"));
    assert_eq!(sources("sort=attention")[0], "content/essays/one.md");
    assert_eq!(sources("show=errors"), ["content/essays/one.md"]);
    assert_eq!(sources("words=audience-"), ["content/essays/one.md"]);
    // An expired page is not served, and listed all the same.
    served.write("content/essays/one.md", &ONE.replace("title: Price", "expires_on: 2026-11-01\ntitle: Price"));
    assert_eq!(sources("show=expired"), ["content/essays/one.md"]);
    // What is found in no page stands apart.
    served.write("templates/piece.html", "{{ page.title");
    let site = served.get("/_sowhat/site").json();
    assert_eq!(site["elsewhere"][0]["path"], "templates/piece.html", "{site:#}");
}

#[test]
fn the_site_view_of_many_pages_is_a_window() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "site.toml", SITE_TOML);
    for number in 0..120 {
        write(folder.path(), &format!("content/p{number:03}.md"), "---\nkind: page\ntitle: One of many\n---\n");
    }
    let served = Served { preview: preview(folder.path(), options()), folder };
    for (query, from, first, n_rows) in [
        ("", 0, "content/p000.md", 50),
        ("from=50", 50, "content/p050.md", 50),
        ("from=9999", 100, "content/p100.md", 20),
        ("from=x", 0, "content/p000.md", 50),
    ] {
        let site = served.get(&format!("/_sowhat/site?sort=file&words=many&{query}")).json();
        let rows = site["rows"].as_array().unwrap();
        assert_eq!((&site["total"], &site["from"]), (&120.into(), &from.into()), "{query}");
        assert_eq!((rows[0]["source"].as_str(), rows.len()), (Some(first), n_rows), "{query}");
    }
}

#[test]
fn the_day_turns_while_the_preview_is_open() {
    let folder = TempDir::new().unwrap();
    for (path, text) in FILES.iter().copied().chain([("site.toml", SITE_TOML)]) {
        write(folder.path(), path, text);
    }
    write(folder.path(), "content/essays/one.md", &ONE.replace("title: Price", "publish_on: 2026-11-22T09:30Z\ntitle: Price"));
    let today = Arc::new(std::sync::Mutex::new(Date::parse("2026-11-22T08:00Z").unwrap()));
    let read_state = |preview: &Preview| {
        let mut stream = connect(preview.address());
        stream.write_all(b"GET /_sowhat/page?path=/insights/essays/one/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        read_reply(&mut stream).json()["brief"]["state"].clone()
    };
    // A clock that is set by hand wakes nobody; a save does.
    let state = |preview: &Preview, expected: serde_json::Value| {
        let until = Instant::now() + PATIENCE;
        while read_state(preview) != expected {
            assert!(Instant::now() < until, "{} instead of {expected}", read_state(preview));
            write(folder.path(), "static/clock.txt", &format!("{:?}", Instant::now()));
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let clock = Arc::clone(&today);
    let options = Options { drafts: true, future: true, today: *today.lock().unwrap(), ..options() };
    let turning = preview_at(folder.path(), options.clone(), Some(Box::new(move || *clock.lock().unwrap())));
    let standing = preview_at(folder.path(), options, None);
    state(&turning, "scheduled".into());
    state(&standing, "scheduled".into());
    // Not at midnight only: at the moment that the piece names.
    *today.lock().unwrap() = Date::parse("2026-11-22T09:30Z").unwrap();
    state(&turning, "live".into());
    state(&standing, "scheduled".into());
    write(folder.path(), "content/essays/one.md", &ONE.replace("title: Price", "expires_on: 2026-11-24\ntitle: Price"));
    state(&turning, "live".into());
    *today.lock().unwrap() = Date::parse("2026-11-25T03:00Z").unwrap();
    state(&turning, serde_json::Value::Null);
    state(&standing, "live".into());
}
