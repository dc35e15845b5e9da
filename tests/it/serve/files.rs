//! What editors and tools do to files while the preview runs.

use super::*;

#[test]
fn a_reply_is_never_older_than_the_save_before_it() {
    let served = Served::new();
    for number in 0..30 {
        served.write("content/essays/one.md", &ONE.replace("Hours are a cost", &format!("Hours cost {number}")));
        assert!(served.get("/insights/essays/one/").text().contains(&format!("Hours cost {number}")), "edit {number}");
    }
}

/// The piece that is edited, and where it stands.
const PIECE: &str = "content/essays/one.md";
const AT: &str = "/insights/essays/one/";

fn edited(words: &str) -> String {
    ONE.replace("Hours are a cost", words)
}

/// What one program does when its user saves: the next reply shows it, and an open page hears of it
/// though nothing is asked for.
#[track_caller]
fn check_save(save: impl Fn(&Served, &str)) {
    let served = Served::new();
    served.get(AT);
    for words in ["Saved once", "Saved twice", "Twice saved"] {
        save(&served, &edited(words));
        let text = served.get(AT).text();
        assert!(text.contains(words), "{words:?} is not in the reply");
    }
    let mut events = Events::of(&served);
    save(&served, &edited("Saved and told"));
    events.read_until("\"title\":\"Price the outcome\"");
    assert!(served.get(AT).text().contains("Saved and told"));
}

#[test]
fn an_editor_that_renames_over_is_followed() {
    // Emacs, Helix, Zed, `sed -i`: a new file beside the old one takes its place.
    check_save(|served, text| {
        served.write("content/essays/.one.md.tmp", text);
        fs::rename(served.path("content/essays/.one.md.tmp"), served.path(PIECE)).unwrap();
    });
    // Vim: swap file, test file, the old text as a backup, a new file under the old name.
    check_save(|served, text| {
        served.write("content/essays/.one.md.swp", "x");
        served.write("content/essays/4913", "");
        fs::remove_file(served.path("content/essays/4913")).unwrap();
        fs::rename(served.path(PIECE), served.path("content/essays/one.md~")).unwrap();
        served.write(PIECE, text);
        fs::remove_file(served.path("content/essays/one.md~")).unwrap();
    });
    // JetBrains with safe write: two renames around a file of its own.
    check_save(|served, text| {
        served.write("content/essays/one.md___jb_tmp___", text);
        fs::rename(served.path(PIECE), served.path("content/essays/one.md___jb_old___")).unwrap();
        fs::rename(served.path("content/essays/one.md___jb_tmp___"), served.path(PIECE)).unwrap();
        fs::remove_file(served.path("content/essays/one.md___jb_old___")).unwrap();
    });
}

#[test]
fn an_editor_that_truncates_and_writes_is_followed() {
    // VS Code, nano: the file is empty, then half there, then whole; each state may be looked at.
    check_save(|served, text| {
        let mut file = fs::File::create(served.path(PIECE)).unwrap();
        served.get(AT);
        file.write_all(&text.as_bytes()[..40]).unwrap();
        file.flush().unwrap();
        served.get(AT);
        file.write_all(&text.as_bytes()[40..]).unwrap();
    });
    // Text of the same length in the same moment.
    check_save(|served, text| {
        served.write(PIECE, &text.replace("aved", "AVED"));
        served.get(AT);
        served.write(PIECE, text);
    });
}

#[test]
fn backups_and_swap_files_are_no_content() {
    let served = Served::new();
    let before = served.get("/_sowhat/site").json()["counts"].clone();
    let litter = ["one.md~", ".one.md.swp", ".one.md.swx", "#one.md#", ".#one.md", "4913", ".DS_Store", ".one.md.kate-swp"];
    for name in litter {
        served.write(&format!("content/essays/{name}"), ONE);
    }
    // Emacs marks a file that is being edited by a link that leads nowhere.
    #[cfg(unix)]
    std::os::unix::fs::symlink("ada@machine.1234:5678", served.path("content/essays/.#two.md")).unwrap();
    served.write(PIECE, &edited("With litter beside it"));
    assert!(served.get(AT).text().contains("With litter beside it"));
    let site = served.get("/_sowhat/site").json();
    assert_eq!(site["counts"], before, "{site:#}");
    for name in litter {
        assert_eq!(served.get(&format!("/insights/essays/{}", name.replace('#', "%23"))).status, 404, "{name}");
    }
}

#[test]
fn a_half_written_file_shows_its_fault_and_then_itself() {
    let served = Served::new();
    let good = served.get(AT).text();
    let text = edited("Zwölf – whole again");
    let middle_of_a_letter = text.find('ö').unwrap() + 1;
    for half in [0, 3, 60, text.find("guidance").unwrap() + 12, middle_of_a_letter] {
        fs::write(served.path(PIECE), &text.as_bytes()[..half]).unwrap();
        let got = served.get(AT);
        assert!([200, 404, 500].contains(&got.status), "{half} bytes: {}", got.status);
        assert!(got.text().contains("/_sowhat/client.js"), "{half} bytes");
        let state = served.state(AT);
        let count = |list: &serde_json::Value| list.as_array().map_or(0, Vec::len);
        assert!(count(&state["faults"]) + count(&state["brief"]["findings"]) > 0, "{half} bytes: {state:#}");
    }
    served.write(PIECE, &text);
    assert!(served.get(AT).text().contains("Zwölf – whole again"));
    served.write(PIECE, ONE);
    assert_eq!(served.get(AT).text(), good);
}

#[test]
fn folders_may_be_moved_deleted_and_made_anew() {
    let served = Served::new();
    let rename = |from: &str, to: &str| fs::rename(served.path(from), served.path(to)).unwrap();
    rename("content/essays", "content/notes");
    assert_eq!((served.get(AT).status, served.get("/insights/notes/one/").status), (404, 200));
    assert_eq!(served.state(AT)["moved_to"], "/insights/notes/one/");
    // What is written in the folder under its new name is seen by the watch.
    let mut events = Events::of(&served);
    served.write("content/notes/one.md", &edited("Written after the move"));
    events.read_until("/insights/notes/one/");
    rename("content/notes", "content/essays");
    assert_eq!(served.get(AT).status, 200);
    // Out of the site and back, with another text.
    rename("content/essays", "elsewhere");
    assert_eq!(served.get(AT).status, 404);
    served.write("elsewhere/one.md", &edited("Edited elsewhere"));
    rename("elsewhere", "content/essays");
    assert!(served.get(AT).text().contains("Edited elsewhere"));
    fs::remove_dir_all(served.path("content/essays")).unwrap();
    assert_eq!(served.get(AT).status, 404);
    served.write(PIECE, &edited("Made anew"));
    assert!(served.get(AT).text().contains("Made anew"));
}

#[test]
fn a_page_that_moves_twice_is_found_where_it_stands_now() {
    let served = Served::new();
    fs::rename(served.path(PIECE), served.path("content/essays/uno.md")).unwrap();
    assert_eq!(served.state(AT)["moved_to"], "/insights/essays/uno/");
    served.write("content/essays/uno.md", &ONE.replace("title: Price", "slug: eins\ntitle: Price"));
    assert_eq!(served.state(AT)["moved_to"], "/insights/essays/eins/");
    assert_eq!(served.state("/insights/essays/uno/")["moved_to"], "/insights/essays/eins/");
    // Deleted for good, it is nowhere, and says so.
    fs::remove_file(served.path("content/essays/uno.md")).unwrap();
    let state = served.state("/insights/essays/eins/");
    assert_eq!((&state["status"], &state["moved_to"]), (&"missing".into(), &serde_json::Value::Null));
}

#[test]
fn a_thousand_files_at_once_come_and_go_as_one_change() {
    let served = Served::new();
    let mut events = Events::of(&served);
    let number = served.state(AT)["edition"].as_u64().unwrap();
    for idx in 0..1000 {
        served.write(&format!("content/burst/{idx}.md"), "---\nkind: page\ntitle: One of many\n---\n");
    }
    events.read_until("One of many");
    assert_eq!(served.get("/insights/burst/999/").status, 200);
    fs::remove_dir_all(served.path("content/burst")).unwrap();
    assert_eq!(served.get("/insights/burst/999/").status, 404);
    let n_editions = served.state(AT)["edition"].as_u64().unwrap() - number;
    assert!(n_editions < 100, "{n_editions} editions for two changes");
}

/// The event stream of an open page.
struct Events(TcpStream);

impl Events {
    /// Connects, and reads the first event: what comes after it is news.
    fn of(served: &Served) -> Self {
        let mut events = Self(served.connect());
        events.0.write_all(b"GET /_sowhat/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        assert!(events.read_until("\"edition\"").contains("text/event-stream"));
        events
    }

    #[track_caller]
    fn read_until(&mut self, words: &str) -> String {
        let mut text = String::new();
        let mut buffer = [0; 1024];
        while !text.contains(words) {
            let n_read = self.0.read(&mut buffer).unwrap();
            assert!(n_read > 0, "ended without {words:?}: {text}");
            text.push_str(std::str::from_utf8(&buffer[..n_read]).unwrap());
        }
        text
    }
}

#[test]
fn events_alone_bring_an_edition() {
    let served = Served::new();
    let mut events = Events::of(&served);
    // No request is made: the watch must tell of the save, of a new folder, and of one deleted and made anew.
    served.write(PIECE, &ONE.replace("Hours", "Days"));
    events.read_until("\"title\":\"Price the outcome\"");
    served.write("content/new/folder/piece.md", "---\nkind: page\ntitle: In a new folder\n---\n");
    events.read_until("In a new folder");
    fs::remove_dir_all(served.path("content")).unwrap();
    events.read_until("\"edition\"");
    served.write("content/late.md", "---\nkind: page\ntitle: After all was gone\n---\n");
    events.read_until("After all was gone");
}

#[test]
fn word_of_any_file_brings_what_it_changes() {
    let served = Served::new();
    served.get(AT);
    let check = |path: &str, text: &str, at: &str, words: &str| {
        let mut events = Events::of(&served);
        served.write(path, text);
        events.read_until("\"edition\"");
        served.wait_for(at, words);
    };
    check("templates/piece.html", "{{ page.title", "/_sowhat/page?path=/insights/essays/one/", "template-error");
    check("templates/piece.html", "A template of our own\n", AT, "A template of our own");
    check("static/logo.txt", "another logo\n", "/insights/logo.txt", "another logo");
    check("site.toml", &SITE_TOML.replace("Northbank\"", "Southbank\""), "/insights/", "Southbank");
    // A template and more pages than are edited by hand, in one breath.
    let mut events = Events::of(&served);
    for number in 0..40 {
        served.write(&format!("content/many/{number}.md"), "---\nkind: page\ntitle: One of many\n---\n\nAs it was.\n");
    }
    events.read_until("One of many");
    served.wait_for("/insights/many/39/", "As it was");
    let mut events = Events::of(&served);
    for number in 0..40 {
        served.write(&format!("content/many/{number}.md"), "---\nkind: page\ntitle: One of many\n---\n\nAs it is now.\n");
    }
    events.read_until("One of many");
    for number in 0..40 {
        served.wait_for(&format!("/insights/many/{number}/"), "As it is now");
    }
}
