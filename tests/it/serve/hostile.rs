//! Clients that are broken, slow, many or malicious.

use super::*;

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
fn clients_that_vanish_and_clients_that_do_not_read_hold_nobody_up() {
    let served = Served::new();
    let film = fs::File::create(served.path("static/film.mp4")).unwrap();
    film.set_len(50 << 20).unwrap();
    served.wait_until_there("/insights/film.mp4");
    let ask = |request: &[u8]| {
        let mut stream = served.connect();
        stream.write_all(request).unwrap();
        stream
    };
    let film = b"GET /insights/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let deaf: Vec<TcpStream> = (0..20).map(|_| ask(film)).collect();
    for _ in 0..50 {
        drop(ask(film));
        drop(ask(b"GET /insights/ HTTP/1.1\r\nHo"));
    }
    let began = Instant::now();
    assert_eq!(served.get("/insights/").status, 200);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    drop(deaf);
}

#[test]
fn overlong_and_misspelt_paths_are_refused() {
    let served = Served::new();
    for (path, status) in [
        (format!("/{}", "a".repeat(5000)), 400),
        (format!("/{}", "a".repeat(20_000)), 431),
        (format!("/{}", "a/".repeat(2000)), 404),
        ("/%".to_owned(), 404),
        ("/%zz".to_owned(), 404),
        ("/insights/%0d%0aSet-Cookie:x".to_owned(), 400),
        ("/_sowhat/page?path=/../../etc/passwd".to_owned(), 400),
        ("/_sowhat/page".to_owned(), 400),
        ("/_sowhat/../site.toml".to_owned(), 400),
    ] {
        assert_eq!(served.get(&path).status, status, "{path}");
    }
}

/// A page that is never made is given up and said to be; the others are served meanwhile, and it is when it is mended.
#[test]
fn a_page_that_loops_holds_nobody_up() {
    // The first goes on for some seconds after it is given up, the second ends when it next writes.
    let quiet = "{% for i in range(end=100000) %}{% for j in range(end=400) %}{% endfor %}{% endfor %}";
    let loud = "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}.{% endfor %}";
    for template in [quiet, loud] {
        let folder = TempDir::new().unwrap();
        for (path, text) in FILES.iter().copied().chain([("site.toml", SITE_TOML), ("templates/page.html", template)]) {
            write(folder.path(), path, text);
        }
        let at_work = Arc::new(AtWork::with_limit(Some(Duration::from_secs(1))));
        let served = Served { preview: preview(folder.path(), Options { at_work: Arc::clone(&at_work), ..options() }), folder };
        std::thread::scope(|scope| {
            let looping: Vec<_> = (0..12).map(|_| scope.spawn(|| served.get("/insights/about/"))).collect();
            while at_work.jobs().is_empty() {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert_eq!(served.get("/insights/essays/one/").status, 200);
            assert!(looping.iter().all(|page| !page.is_finished()), "the others are served meanwhile");
            for page in looping {
                assert_eq!(page.join().unwrap().status, 500);
            }
        });
        let began = Instant::now();
        assert_eq!(served.get("/insights/about/").status, 500);
        assert!(began.elapsed() < Duration::from_millis(900), "what was given up is not tried again: {:?}", began.elapsed());
        let faults = served.state("/insights/about/")["faults"].to_string();
        assert!(faults.contains("`about/index.html` was not made within 1 s: `page.html` is still being rendered"), "{faults}");
        if template == loud {
            let until = Instant::now() + PATIENCE;
            while at_work.jobs().iter().any(|job| job.what == "about/index.html") {
                assert!(Instant::now() < until, "it goes on although nobody waits: {:?}", at_work.jobs());
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        served.write("templates/page.html", "mended");
        served.wait_for("/insights/about/", "mended");
    }
}
