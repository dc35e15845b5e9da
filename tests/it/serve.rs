//! The preview as browsers and worse clients meet it, over real sockets and a real folder.

use crate::fixture::{FILES, ONE, SITE_TOML, options};
use sowhat::base::path::OutputPath;
use sowhat::pipeline::{Options, Session};
use sowhat::serve::{Preview, Setup, bind};
use sowhat::world::disk::DiskWorld;
use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The longest that anything here may take; a machine with much else to do is slow.
const PATIENCE: Duration = Duration::from_secs(20);

/// A site in a folder of its own, with a preview of it.
struct Served {
    folder: TempDir,
    preview: Preview,
}

/// A reply, taken apart.
#[derive(Debug)]
struct Got {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Got {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let named = |line: &&str| line.split_once(':').is_some_and(|(known, _)| known.eq_ignore_ascii_case(name));
        self.head.lines().find(named).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

impl Served {
    fn new() -> Self {
        Self::with("site.toml", SITE_TOML)
    }

    /// The rich site with one file as given.
    fn with(path: &str, text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        for (path, text) in FILES.iter().copied().chain([("site.toml", SITE_TOML), (path, text)]) {
            write(folder.path(), path, text);
        }
        let preview = preview(folder.path(), Options { drafts: true, future: true, ..options() });
        Self { folder, preview }
    }

    fn write(&self, path: &str, text: &str) {
        write(self.folder.path(), path, text);
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    fn connect(&self) -> TcpStream {
        connect(self.preview.address())
    }

    fn get(&self, path: &str) -> Got {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    }

    /// Sends a request as it is and reads until the connection closes.
    fn send(&self, request: &str) -> Got {
        let mut stream = self.connect();
        // A refusal may come before the whole is sent.
        let _ = stream.write_all(request.as_bytes());
        read_reply(&mut stream)
    }

    /// Asks again until the reply holds the words; for what nothing but an event tells of.
    fn wait_for(&self, path: &str, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.get(path).text().contains(words) {
            assert!(Instant::now() < until, "{path} never said {words:?}: {:#?}", self.get(path).text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the script of an open page is told.
    fn state(&self, path: &str) -> serde_json::Value {
        self.get(&format!("/_sowhat/page?path={path}")).json()
    }
}

fn preview(folder: &Path, options: Options) -> Preview {
    let world = Arc::new(DiskWorld::new(folder).unwrap());
    let listener = bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
    let host = "127.0.0.1".to_owned();
    Preview::start(Setup { world, options, listener, host, on_edition: Box::new(|_| {}) }).unwrap()
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read_reply(stream: &mut TcpStream) -> Got {
    let mut bytes = Vec::new();
    // A reset after the reply is none of its business.
    let _ = stream.read_to_end(&mut bytes);
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("{:?}", String::from_utf8_lossy(&bytes)));
    let head = String::from_utf8(bytes[..at].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Got { status, head, body: bytes[at + 4..].to_vec() }
}

/// A page without the preview's script.
fn without_script(html: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(html.to_vec()).unwrap();
    let start = text.find("<script type=\"module\" src=\"/_sowhat/client.js\"").expect("the script is in every page");
    let end = start + text[start..].find("</script>").unwrap() + "</script>".len();
    [&text[..start], &text[end..]].concat().into_bytes()
}

#[track_caller]
fn serves_what_is_built(folder: &Path, options: Options) {
    let preview = preview(folder, options.clone());
    let world = Arc::new(DiskWorld::new(folder).unwrap());
    let outcome = Session::new(world, options).run().unwrap();
    let base_url = &outcome.site.config.base_url;
    for path in outcome.plan.entries.keys() {
        let href = base_url.href(&format!("/{path}"));
        let mut stream = connect(preview.address());
        write!(stream, "GET {href} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let got = read_reply(&mut stream);
        assert_eq!(got.status, 200, "{href}");
        let (built, _) = outcome.produce(&OutputPath::new(path.as_str()).unwrap()).unwrap();
        let served = if path.as_str().ends_with(".html") { without_script(&got.body) } else { got.body };
        assert!(served == built, "{path} is served as {:?}", String::from_utf8_lossy(&served));
    }
}

#[test]
fn every_output_of_a_site_is_served_as_it_is_built() {
    let folder = TempDir::new().unwrap();
    for (path, text) in FILES.iter().copied().chain([("site.toml", SITE_TOML)]) {
        write(folder.path(), path, text);
    }
    serves_what_is_built(folder.path(), options());
}

#[test]
fn every_output_of_this_repository_is_served_as_it_is_built() {
    serves_what_is_built(Path::new(env!("CARGO_MANIFEST_DIR")), options());
}

#[test]
fn addresses_work_as_on_a_static_host() {
    let served = Served::new();
    let check = |path: &str, status: u16, location: Option<&str>, media_type: &str| {
        let got = served.get(path);
        assert_eq!((got.status, got.header("location")), (status, location), "{path}");
        assert_eq!(got.header("content-type"), Some(media_type), "{path}");
        assert_eq!(got.header("cache-control"), Some("no-store"), "{path}");
    };
    let (html, plain) = ("text/html; charset=utf-8", "text/plain; charset=utf-8");
    check("/", 302, Some("/insights/"), plain);
    check("/insights", 302, Some("/insights/"), plain);
    check("/insights/", 200, None, html);
    check("/insights/index.html", 200, None, html);
    check("/insights/essays/one", 302, Some("/insights/essays/one/"), plain);
    check("/insights/essays/one?a=b", 302, Some("/insights/essays/one/?a=b"), plain);
    check("/insights/essays/one/?a=b", 200, None, html);
    check("/insights/%65ssays/one/", 200, None, html);
    check("/insights/old/price/", 200, None, html);
    check("/insights/sitemap.xml", 200, None, "application/xml");
    check("/insights/logo.txt", 200, None, plain);
    check("/insights/nowhere/", 404, None, html);
    check("/essays/one/", 404, None, html);
    check("/site.toml", 404, None, html);
    check("/insights/content/about.md", 404, None, html);
    check("/_sowhat/", 200, None, html);
    check("/_sowhat/nothing", 404, None, plain);
    assert!(served.get("/insights/nowhere/").text().contains("/_sowhat/client.js"));
}

#[test]
fn tags_ranges_and_head_are_honoured() {
    let served = Served::new();
    let path = "/insights/sitemap.xml";
    let whole = served.get(path);
    let tag = whole.header("etag").unwrap().to_owned();
    let ask = |method: &str, header: &str| {
        served.send(&format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n\r\n"))
    };
    let known = ask("GET", &format!("If-None-Match: \"x\", {tag}"));
    assert_eq!((known.status, known.body.len()), (304, 0));
    let part = ask("GET", "Range: bytes=2-5");
    assert_eq!((part.status, part.body.as_slice()), (206, &whole.body[2..6]));
    assert_eq!(part.header("content-range").unwrap(), format!("bytes 2-5/{}", whole.body.len()));
    let other = ask("GET", "Range: bytes=2-5\r\nIf-Range: \"other\"");
    assert_eq!((other.status, other.body.len()), (200, whole.body.len()));
    assert_eq!(ask("GET", "Range: bytes=99999999-").status, 416);
    let head = ask("HEAD", "Accept: */*");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length").unwrap(), whole.body.len().to_string());
}

#[test]
fn a_reply_is_never_older_than_the_save_before_it() {
    let served = Served::new();
    for number in 0..30 {
        served.write("content/essays/one.md", &ONE.replace("Hours are a cost", &format!("Hours cost {number}")));
        assert!(served.get("/insights/essays/one/").text().contains(&format!("Hours cost {number}")), "edit {number}");
    }
}

#[test]
fn what_editors_and_tools_do_to_files_shows_up() {
    let served = Served::new();
    let one = "/insights/essays/one/";
    let edited = |words: &str| ONE.replace("Hours are a cost", words);
    // Rename over, as vim and JetBrains save, with a backup beside it.
    served.write("content/essays/.one.md.swp", "x");
    served.write("content/essays/one.md~", ONE);
    served.write("content/essays/one.md.new", &edited("Renamed over"));
    fs::rename(served.path("content/essays/one.md.new"), served.path("content/essays/one.md")).unwrap();
    assert!(served.get(one).text().contains("Renamed over"));
    // Truncate, then write: the half-written file may show, the whole one must.
    let mut file = fs::File::create(served.path("content/essays/one.md")).unwrap();
    file.write_all(b"---\ntitle: Ha").unwrap();
    served.get(one);
    file.set_len(0).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    file.write_all(edited("Written twice").as_bytes()).unwrap();
    drop(file);
    assert!(served.get(one).text().contains("Written twice"));
    // Same length, same moment.
    served.write("content/essays/one.md", &edited("AAAA"));
    served.get(one);
    served.write("content/essays/one.md", &edited("BBBB"));
    assert!(served.get(one).text().contains("BBBB"));
    // A folder moved with all that is in it, and back.
    fs::rename(served.path("content/essays"), served.path("content/notes")).unwrap();
    assert_eq!((served.get(one).status, served.get("/insights/notes/one/").status), (404, 200));
    assert_eq!(served.state(one)["moved_to"], "/insights/notes/one/");
    fs::rename(served.path("content/notes"), served.path("content/essays")).unwrap();
    assert_eq!(served.get(one).status, 200);
    // A folder deleted, and made anew with a file in it at once.
    fs::remove_dir_all(served.path("content/essays")).unwrap();
    assert_eq!(served.get(one).status, 404);
    served.write("content/essays/one.md", &edited("Made anew"));
    assert!(served.get(one).text().contains("Made anew"));
    // A thousand files at once.
    for number in 0..1000 {
        served.write(&format!("content/burst/{number}.md"), "---\nkind: page\ntitle: One of many\n---\n");
    }
    assert_eq!(served.get("/insights/burst/999/").status, 200);
}

#[test]
fn events_alone_bring_an_edition() {
    let served = Served::new();
    let mut events = served.connect();
    events.write_all(b"GET /_sowhat/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut read_until = |words: &str| {
        let mut text = String::new();
        let mut buffer = [0; 1024];
        while !text.contains(words) {
            let n_read = events.read(&mut buffer).unwrap();
            assert!(n_read > 0, "ended without {words:?}: {text}");
            text.push_str(std::str::from_utf8(&buffer[..n_read]).unwrap());
        }
        text
    };
    assert!(read_until("\"edition\"").contains("text/event-stream"));
    // No request is made: the watch must tell of the save, of a new folder, and of one deleted and made anew.
    served.write("content/essays/one.md", &ONE.replace("Hours", "Days"));
    read_until("\"title\":\"Price the outcome\"");
    served.write("content/new/folder/piece.md", "---\nkind: page\ntitle: In a new folder\n---\n");
    read_until("In a new folder");
    fs::remove_dir_all(served.path("content")).unwrap();
    read_until("\"edition\"");
    served.write("content/late.md", "---\nkind: page\ntitle: After all was gone\n---\n");
    read_until("After all was gone");
}

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
    let pages = site["pages"].as_array().unwrap();
    let one = pages.iter().find(|page| page["source"] == "content/essays/one.md").unwrap();
    assert_eq!((&one["href"], &one["state"]), (&"/insights/essays/one/".into(), &"live".into()));
    assert_eq!(pages.iter().filter(|page| page["gated"] == true).count(), 1);
}

#[test]
fn a_content_length_bomb_is_refused() {
    let served = Served::new();
    let got = served.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
    assert_eq!(got.status, 405);
    let got = served.send("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
    assert_eq!(got.status, 413);
    assert_eq!(served.get("/insights/").status, 200);
}

#[test]
fn a_head_of_twenty_megabytes_is_refused() {
    let served = Served::new();
    let request = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(20 << 20));
    let mut stream = served.connect();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    let sent = stream.write_all(request.as_bytes());
    assert!(sent.is_err(), "the connection must not take it all");
    assert_eq!(served.send(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(20 << 10))).status, 431);
    assert_eq!(served.get("/insights/").status, 200);
}

#[test]
fn two_hundred_idle_connections_and_slow_ones_hold_nobody_up() {
    let served = Served::new();
    let idle: Vec<TcpStream> = (0..200).map(|_| served.connect()).collect();
    let mut slow: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HT").unwrap();
    }
    let began = Instant::now();
    assert_eq!(served.get("/insights/").status, 200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    // A slow client is told off in the end.
    assert_eq!(read_reply(&mut slow[0]).status, 408);
    drop(idle);
}

#[test]
fn no_path_leads_out_of_the_outputs() {
    let served = Served::new();
    for path in
        ["/../site.toml", "/insights/%2e%2e/%2e%2e/site.toml", "/insights/..%2fsite.toml", "/%5c..%5cetc", "/a%00b", "/insights/%ff"]
    {
        assert_eq!(served.get(path).status, 400, "{path}");
    }
    for path in ["//etc/passwd", "/insights/%252e%252e/site.toml", "/insights//site.toml"] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    assert_eq!(served.get("http://evil.example/insights/").status, 421);
}

#[test]
fn requests_under_another_name_or_of_another_kind_are_refused() {
    let served = Served::new();
    for (request, status) in [
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
        ("GET / HTTP/1.1\nHost: localhost\n\n", 400),
        ("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505),
        ("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n", 413),
        ("\u{16}\u{3}\u{1}\r\n\r\n", 400),
    ] {
        assert_eq!(served.send(request).status, status, "{request:?}");
    }
}

#[test]
fn one_connection_carries_many_requests_in_their_order() {
    let served = Served::new();
    let mut stream = served.connect();
    let ask = |path: &str, end: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{end}\r\n");
    let requests = [ask("/insights/essays/one", ""), ask("/insights/nowhere.txt", ""), ask("/", "Connection: close\r\n")].concat();
    stream.write_all(requests.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words:?} in {text}"));
    assert!(at("Location: /insights/essays/one/\r\n") < at("HTTP/1.1 404"));
    assert!(at("HTTP/1.1 404") < at("Location: /insights/\r\n"));
}
