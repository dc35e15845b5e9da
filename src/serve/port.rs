//! An address and a port to a listener: the port asked for or the next free one, and who holds the former.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// How many ports after the one asked for are tried.
const MAX_TRIED: u16 = 50;

/// The time that the holder of a port has to say who it is.
const ANSWER_TIME: Duration = Duration::from_millis(250);

/// Where requests come in.
#[derive(Debug)]
pub struct Bound {
    pub listener: TcpListener,
    /// Who holds the port that was asked for, if it is not ours.
    pub taken_by: Option<Holder>,
}

/// Who listens at a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A preview, of this site or another.
    Preview,
    /// Anything else, or a preview that does not answer.
    Other,
}

/// Takes the port, or the next free one; an error if none of the next few is free.
pub fn bind(address: IpAddr, port: u16) -> io::Result<Bound> {
    let mut last = None;
    for tried in port..=port.saturating_add(MAX_TRIED) {
        match TcpListener::bind((address, tried)) {
            Ok(listener) => return Ok(Bound { listener, taken_by: (tried != port).then(|| holder(address, port)) }),
            // Another error does not go away with another port.
            Err(error) if error.kind() != io::ErrorKind::AddrInUse => return Err(error),
            Err(error) => last = Some(error),
        }
    }
    Err(last.expect("at least one port was tried"))
}

/// Asks whoever listens at a port for its name.
fn holder(address: IpAddr, port: u16) -> Holder {
    let address = match address {
        IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        address => address,
    };
    match ask(SocketAddr::new(address, port)) {
        Ok(head) if head.contains("\r\nServer: sowhat\r\n") => Holder::Preview,
        Ok(_) | Err(_) => Holder::Other,
    }
}

fn ask(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, ANSWER_TIME)?;
    stream.set_read_timeout(Some(ANSWER_TIME))?;
    stream.write_all(b"HEAD /_sowhat/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut head = [0; 512];
    let n_read = stream.read(&mut head)?;
    Ok(String::from_utf8_lossy(&head[..n_read]).into_owned())
}
