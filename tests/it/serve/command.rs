//! `sowhat serve` as a command: ports, hosts, the browser, the signal that ends it.

use super::*;
use std::process::{Child, Command, Stdio};

/// A preview in a process of its own.
struct Running {
    child: Child,
    /// The address that it printed.
    url: String,
    log: std::path::PathBuf,
    folder: TempDir,
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(args: &[&str]) -> Self {
        Self::start_as(Command::new(env!("CARGO_BIN_EXE_sowhat")), args)
    }

    /// Starts `command`, which runs the preview with the arguments that follow its own.
    fn start_as(mut command: Command, args: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        for (path, text) in FILES.iter().copied().chain([("site/site.toml", SITE_TOML)]) {
            let path = if path.starts_with("site/") { path.to_owned() } else { format!("site/{path}") };
            write(folder.path(), &path, text);
        }
        let log = folder.path().join("log");
        command.arg("serve").arg("--root").arg(folder.path().join("site")).args(args);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(fs::File::create(&log).unwrap());
        let mut child = command.spawn().unwrap();
        let mut url = String::new();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut url).unwrap();
        let running = Self { child, url: url.trim().to_owned(), log, folder };
        assert!(running.url.starts_with("http://"), "no address printed: {}", running.log());
        running
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    #[track_caller]
    fn says(&self, words: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.log().contains(words) {
            assert!(Instant::now() < until, "no {words:?} in {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn address(&self) -> SocketAddr {
        self.url.trim_start_matches("http://").split('/').next().unwrap().parse().unwrap()
    }

    fn status(&self, path: &str) -> u16 {
        let mut stream = connect(self.address());
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        read_reply(&mut stream).status
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_the_reason_and_the_next_free_one_used() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap().port();
    let running = Running::start(&["--port", &taken.to_string()]);
    assert!(running.address().port() > taken);
    let at = running.address().port();
    running.says(&format!("Port {taken} is taken by another program, so this preview is at port {at}"));
    let second = Running::start(&["--port", &at.to_string()]);
    second.says(&format!("Port {at} is taken by another preview, so this preview is at port {}", second.address().port()));
    assert_eq!(second.status("/insights/"), 200);
}

#[test]
fn an_address_that_cannot_be_served_at_ends_the_command() {
    let folder = TempDir::new().unwrap();
    write(folder.path(), "site.toml", SITE_TOML);
    for host in ["203.0.113.1", "no-such-host.invalid"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sowhat"));
        let ran = command.arg("serve").arg("--root").arg(folder.path()).args(["--port", "0", "--host", host]).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{ran:?}");
        assert!(String::from_utf8_lossy(&ran.stderr).contains(host), "{ran:?}");
    }
}

#[test]
fn a_preview_open_to_the_network_says_so() {
    let running = Running::start(&["--port", "0", "--host", "0.0.0.0"]);
    running.says("everybody who can reach this machine can read the site now, drafts included");
    assert!(running.url.starts_with("http://127.0.0.1:"), "{}", running.url);
    assert_eq!(running.status("/insights/"), 200);
    assert!(!Running::start(&["--port", "0"]).log().contains("everybody"));
}

#[cfg(unix)]
#[test]
fn the_browser_of_the_environment_is_opened_at_the_address() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let script = folder.path().join("browser");
    write(folder.path(), "browser", "#!/bin/sh\necho \"$1\" >\"$0.asked\"\nexit 3\n");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sowhat"));
    command.env("BROWSER", format!("/no/such/browser:{}", script.display()));
    let running = Running::start_as(command, &["--port", "0", "--open"]);
    running.says("failed: exit status: 3");
    assert_eq!(fs::read_to_string(folder.path().join("browser.asked")).unwrap().trim(), running.url);
    let mut command = Command::new(env!("CARGO_BIN_EXE_sowhat"));
    command.env("BROWSER", "/no/such/browser").env("PATH", "");
    Running::start_as(command, &["--port", "0", "--open"]).says("No browser was opened: `/no/such/browser` cannot be run");
}

#[cfg(unix)]
#[test]
fn the_signal_of_ctrl_c_ends_it_at_once_and_cleanly() {
    let mut running = Running::start(&["--port", "0"]);
    let mut events = connect(running.address());
    events.write_all(b"GET /_sowhat/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let _ = events.read(&mut [0; 64]).unwrap();
    let idle: Vec<TcpStream> = (0..20).map(|_| connect(running.address())).collect();
    let asked = Instant::now();
    let killed = Command::new("kill").args(["-INT", &running.child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert_eq!(running.child.wait().unwrap().code(), Some(0), "{}", running.log());
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    drop(idle);
    assert!(running.folder.path().join("site/site.toml").is_file());
}

#[cfg(unix)]
#[test]
fn a_system_without_free_descriptors_does_not_end_the_listening() {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 40; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_sowhat")]);
    let running = Running::start_as(command, &["--port", "0"]);
    let many: Vec<TcpStream> = (0..100).map(|_| connect(running.address())).collect();
    std::thread::sleep(Duration::from_millis(200));
    drop(many);
    assert_eq!(running.status("/insights/"), 200);
}
