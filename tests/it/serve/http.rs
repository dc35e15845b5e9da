//! Pages as a browser fetches them: addresses, tags, ranges, and bytes that are those of a build.

use super::*;

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
    assert_eq!(ask("HEAD", "Range: bytes=2-5").status, 200, "only GET knows ranges");
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

#[test]
fn a_part_of_a_large_file_costs_no_more_than_the_part() {
    const LEN: u64 = 50 << 20;
    let served = Served::new();
    let mut film = fs::File::create(served.path("content/essays/two/film.mp4")).unwrap();
    film.set_len(LEN).unwrap();
    std::io::Seek::seek(&mut film, std::io::SeekFrom::Start(LEN - 8)).unwrap();
    film.write_all(b"the end.").unwrap();
    let path = "/insights/essays/two/film.mp4";
    let ask = |method: &str, headers: &str| {
        served.send(&format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
    };
    served.wait_until_there(path);
    let head = ask("HEAD", "");
    assert_eq!((head.status, head.header("content-type")), (200, Some("video/mp4")));
    assert_eq!((head.header("accept-ranges"), head.header("content-length")), (Some("bytes"), Some("52428800")));
    let began = Instant::now();
    for _ in 0..60 {
        let end = ask("GET", "Range: bytes=-8\r\n");
        assert_eq!((end.status, end.body.as_slice()), (206, b"the end.".as_slice()));
        assert_eq!(end.header("content-range"), Some("bytes 52428792-52428799/52428800"));
    }
    // Whole, it would be three gigabytes.
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert_eq!(ask("GET", "").body.len() as u64, LEN);
    assert_eq!(ask("GET", "Range: bytes=52428800-\r\n").status, 416);
    let tag = format!("If-None-Match: {}\r\n", head.header("etag").unwrap());
    assert_eq!(ask("GET", &tag).status, 304);
    // Another text of the same length is another version: a player that goes on must not mix the two.
    std::io::Seek::seek(&mut film, std::io::SeekFrom::Start(0)).unwrap();
    film.write_all(b"the start").unwrap();
    drop(film);
    let mixed = ask("GET", &format!("Range: bytes=0-8\r\nIf-Range: {}\r\n", head.header("etag").unwrap()));
    assert_eq!((mixed.status, mixed.body.len() as u64), (200, LEN));
    assert_eq!(ask("GET", "Range: bytes=0-8\r\n").body, b"the start");
}

#[test]
fn what_is_not_there_is_told_at_once() {
    let served = Served::new();
    served.get("/insights/nowhere/");
    let began = Instant::now();
    for number in 0..200 {
        assert_eq!(served.get(&format!("/insights/nowhere/{number}.png")).status, 404);
    }
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
}
