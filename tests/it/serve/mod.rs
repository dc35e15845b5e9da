//! The preview as browsers and worse clients meet it, over real sockets and a real folder.

mod command;
mod files;
mod hostile;
mod http;
mod panel;

use crate::fixture::{FILES, ONE, SITE_TOML, options};
use sowhat::base::at_work::AtWork;
use sowhat::base::path::OutputPath;
use sowhat::pipeline::{Options, Session};
use sowhat::serve::{Clock, Preview, Setup, bind};
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

    /// Asks again until there is something; a file that takes long to hash is waited for so long, and no longer.
    fn wait_until_there(&self, path: &str) {
        let until = Instant::now() + PATIENCE;
        while self.send(&format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).status != 200 {
            assert!(Instant::now() < until, "{path} never came");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the script of an open page is told.
    fn state(&self, path: &str) -> serde_json::Value {
        self.get(&format!("/_sowhat/page?path={path}")).json()
    }
}

fn preview(folder: &Path, options: Options) -> Preview {
    preview_at(folder, options, None)
}

fn preview_at(folder: &Path, options: Options, clock: Option<Clock>) -> Preview {
    let world = Arc::new(DiskWorld::new(folder).unwrap());
    let listener = bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap().listener;
    let host = "127.0.0.1".to_owned();
    Preview::start(Setup { world, options, listener, host, clock, on_edition: Box::new(|_| {}) }).unwrap()
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
