//! The door: connections accepted, counted and timed, and the head of each request read and vetted.
//!
//! `tiny_http` speaks HTTP here, with its methods, versions, headers and responses; its own `Server` does
//! not listen. In 0.12, the last release, one `Content-Length` larger than the memory aborts the process,
//! a head may grow without end, each half-open connection holds a thread for ever, and the first failing
//! `accept` ends the listening. All four are in its private reading half, where no wrapper reaches, and a
//! relay in front would have to read every head itself all the same. So this file does that reading: GET
//! and HEAD without a body, a head of bounded size in bounded time, on a bounded number of threads.

use super::head::{Head, HeadError, Method};
use super::reply::Reply;
use super::route;
use super::studio::Studio;
use std::io::{self, Read, Write};
use std::net::{IpAddr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Connections served at once; more are turned away. Each is a thread.
const MAX_CONNECTIONS: usize = 512;

/// A head longer than this is refused.
const MAX_HEAD: usize = 16 << 10;

/// The time that a client has to send its head, once it has begun.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// The time that a connection may stand without a request.
const IDLE_TIME: Duration = Duration::from_secs(20);

/// The time that a client may let one write wait.
const WRITE_TIME: Duration = Duration::from_secs(10);

/// How much of what a refused client still sends is swallowed, so that it reads the refusal.
const MAX_DRAINED: usize = 256 << 10;

/// The pause after the system could not accept a connection, such as for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// Starts the thread that accepts connections.
pub fn spawn(listener: TcpListener, host: &str, studio: Arc<Studio>) -> io::Result<()> {
    let names = Names::new(host, listener.local_addr()?.ip());
    let door = Arc::new(Door { studio, names, max_open: MAX_CONNECTIONS, n_open: AtomicUsize::new(0) });
    std::thread::Builder::new().name("door".to_owned()).spawn(move || accept_all(&listener, &door)).map(drop)
}

struct Door {
    studio: Arc<Studio>,
    names: Names,
    max_open: usize,
    n_open: AtomicUsize,
}

/// Counts a connection as open for as long as it lives.
struct Ticket(Arc<Door>);

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.n_open.fetch_sub(1, Ordering::Relaxed);
    }
}

fn accept_all(listener: &TcpListener, door: &Arc<Door>) {
    while !door.studio.is_stopping() {
        let Ok((stream, _)) = listener.accept() else {
            std::thread::sleep(ACCEPT_PAUSE);
            continue;
        };
        let n_open = door.n_open.fetch_add(1, Ordering::Relaxed);
        let ticket = Ticket(Arc::clone(door));
        if n_open >= door.max_open {
            let _ = stream.set_write_timeout(Some(Duration::from_millis(50)));
            let _ = Reply::text(503, "too many connections\n").write(&mut &stream, Method::Get);
            continue;
        }
        // Without a thread the connection is dropped, and the next one tried.
        let _ = std::thread::Builder::new().name("connection".to_owned()).spawn(move || {
            // A client that goes away, or a system that fails it, concerns nobody else.
            let _ = serve(&stream, &ticket.0);
        });
    }
}

/// Answers one request after the other until the client has enough or does something wrong.
fn serve(stream: &TcpStream, door: &Door) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITE_TIME))?;
    let mut inbox = Inbox { stream, buffer: Vec::new() };
    loop {
        let head = match inbox.next_head() {
            Ok(Some(head)) => head,
            Ok(None) => return Ok(()),
            Err(error) => return refuse(stream, error),
        };
        if !door.names.allow(&head.host) {
            let reply = Reply::text(421, "this preview answers to its own address only; see `--host`\n");
            reply.write(&mut &*stream, head.method)?;
            return close(stream);
        }
        let goes_on = head.keep_alive;
        match route::answer(&head, &door.studio) {
            route::Answer::Reply(reply) => reply.write(&mut &*stream, head.method)?,
            route::Answer::Events => return super::events::stream(stream, &door.studio),
        }
        if !goes_on {
            return close(stream);
        }
    }
}

fn refuse(mut stream: &TcpStream, error: HeadError) -> io::Result<()> {
    let (status, words) = error.reply();
    Reply::text(status, words).write(&mut stream, Method::Get)?;
    close(stream)
}

/// Ends a connection so that the client can still read the last reply: what it goes on sending is
/// swallowed for a moment, for a reset would take the reply with it.
fn close(mut stream: &TcpStream) -> io::Result<()> {
    stream.flush()?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let mut swallowed = 0;
    let mut buffer = [0; 8192];
    while swallowed < MAX_DRAINED {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(n_read) => swallowed += n_read,
        }
    }
    Ok(())
}

/// What a client has sent and no request has used yet.
struct Inbox<'a> {
    stream: &'a TcpStream,
    buffer: Vec<u8>,
}

impl Inbox<'_> {
    /// The next head; `None` when the client has closed or sent nothing for long.
    fn next_head(&mut self) -> Result<Option<Head>, HeadError> {
        let mut began = None;
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n").filter(|end| end + 4 <= MAX_HEAD) {
                let rest = self.buffer.split_off(end + 4);
                let head = std::mem::replace(&mut self.buffer, rest);
                return Head::parse(&head[..end]).map(Some);
            }
            if self.buffer.len() >= MAX_HEAD {
                return Err(HeadError::TooLarge);
            }
            if find(&self.buffer, b"\n\n").is_some() {
                return Err(HeadError::Malformed);
            }
            let has_begun = !self.buffer.is_empty();
            let since = *began.get_or_insert_with(Instant::now);
            let limit = if has_begun { HEAD_TIME } else { IDLE_TIME };
            let left = limit.saturating_sub(since.elapsed());
            match self.read_some(left) {
                Ok(0) => return Ok(None),
                // The time for the head counts from its first byte.
                Ok(_) => began = if has_begun { Some(since) } else { None },
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) if has_begun => return Err(HeadError::TooSlow),
                Err(_) => return Ok(None),
            }
        }
    }

    fn read_some(&mut self, left: Duration) -> io::Result<usize> {
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut chunk = [0; 4096];
        let n_read = self.stream.read(&mut chunk)?;
        self.buffer.extend_from_slice(&chunk[..n_read]);
        Ok(n_read)
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// The names under which the preview answers. A page from elsewhere whose name was pointed at this
/// machine (DNS rebinding) comes with its own name, and is refused.
struct Names {
    host: String,
    is_loopback: bool,
}

impl Names {
    fn new(host: &str, address: IpAddr) -> Self {
        Self { host: host.trim_matches(['[', ']']).to_ascii_lowercase(), is_loopback: address.is_loopback() }
    }

    fn allow(&self, host: &str) -> bool {
        let host = host.to_ascii_lowercase();
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name),
        };
        if name == "localhost" || name.ends_with(".localhost") || name == self.host {
            return true;
        }
        match name.parse::<IpAddr>() {
            // An address cannot be pointed elsewhere; one of another machine does not arrive here.
            Ok(address) => address.is_loopback() || !self.is_loopback,
            // Names of the local network, which nobody outside can give out.
            Err(_) => !self.is_loopback && !name.is_empty() && (!name.contains('.') || name.ends_with(".local")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::disk::DiskWorld;

    #[test]
    fn more_connections_than_threads_are_turned_away_and_come_in_when_there_is_room() {
        let folder = tempfile::TempDir::new().unwrap();
        let studio = Arc::new(Studio::new(Arc::new(DiskWorld::new(folder.path()).unwrap())));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let names = Names::new("127.0.0.1", address.ip());
        let door = Arc::new(Door { studio: Arc::clone(&studio), names, max_open: 4, n_open: AtomicUsize::new(0) });
        let accepting = std::thread::spawn(move || accept_all(&listener, &door));
        let ask = || {
            let mut stream = TcpStream::connect(address)?;
            stream.write_all(b"GET /_sowhat/panel.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            let mut text = String::new();
            // One that is turned away may be reset while it still writes.
            let _ = stream.read_to_string(&mut text);
            io::Result::Ok(text.get(9..12).unwrap_or_default().to_owned())
        };
        let idle: Vec<TcpStream> = (0..4).map(|_| TcpStream::connect(address).unwrap()).collect();
        let until = Instant::now() + Duration::from_secs(10);
        while !ask().is_ok_and(|status| status == "503") {
            assert!(Instant::now() < until, "the fifth connection is turned away");
        }
        drop(idle);
        while !ask().is_ok_and(|status| status == "200") {
            assert!(Instant::now() < until, "there is room again");
        }
        studio.stop();
        let _ = TcpStream::connect(address);
        accepting.join().unwrap();
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let loopback = Names::new("127.0.0.1", IpAddr::from([127, 0, 0, 1]));
        for host in ["localhost", "LocalHost:4747", "127.0.0.1:4747", "127.0.0.9", "[::1]:80", "site.localhost:1"] {
            assert!(loopback.allow(host), "{host}");
        }
        for host in
            ["", "evil.example", "evil.example:4747", "10.0.0.1", "127.0.0.1.evil.example", "localhost.evil.example", "box", "[::2]"]
        {
            assert!(!loopback.allow(host), "{host}");
        }
        let open = Names::new("0.0.0.0", IpAddr::from([0, 0, 0, 0]));
        for host in ["10.0.0.1:4747", "box:4747", "box.local", "[fe80::1]:4747", "localhost"] {
            assert!(open.allow(host), "{host}");
        }
        for host in ["", "evil.example", "evil.example:4747"] {
            assert!(!open.allow(host), "{host}");
        }
    }
}
