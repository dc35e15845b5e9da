//! The live preview: the same pipeline in a loop, its pages made when a browser asks for them.
//!
//! ```text
//!  watch ──wake──▶ looker ──edition──▶ studio ◀──current, fresh── route ◀──head── guard ◀── browsers
//!  notify          session             │ ▲                         │
//!                  prover ◀──quiet─────┘ └─found in making         │
//!                                       └──────────▶ events ──────▶ client/ (morph, panel, overlay)
//! ```
//!
//! File events only wake the looker and say where to look first; what changed is decided by looking at
//! the files. Nothing of the
//! disk is served: a reply is an output of the plan, or one of the preview's own files.

#![expect(clippy::disallowed_methods, reason = "a preview waits, and so needs the clock")]

mod barrier;
mod brief;
mod calendar;
mod edition;
mod events;
mod excerpt;
mod guard;
pub mod head;
mod inject;
mod looker;
mod media;
mod panel;
mod port;
mod prover;
mod query;
pub mod reply;
mod route;
mod site_view;
mod slot;
mod studio;
mod watch;

pub use calendar::Clock;
pub use edition::Edition;
pub use port::{Bound, Holder, bind};

use crate::pipeline::{Options, Session};
use crate::world::World;
use crate::world::cache::DiskCache;
use crate::world::disk::DiskWorld;
use calendar::Calendar;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use studio::Studio;

/// What a preview is made of.
pub struct Setup {
    /// The site's folder.
    pub world: Arc<DiskWorld>,
    /// How it is to be run.
    pub options: Options,
    /// Where requests come in; see [`bind`].
    pub listener: TcpListener,
    /// The name or address that the user asked to serve at.
    pub host: String,
    /// Tells the moment, so that the day turns while the preview is open; `None` when the day was given.
    pub clock: Option<Clock>,
    /// Told of every edition, from the looker's thread.
    pub on_edition: Box<dyn Fn(&Edition) + Send>,
}

/// A running preview.
pub struct Preview {
    studio: Arc<Studio>,
    address: SocketAddr,
}

impl Preview {
    /// Starts the preview in threads of its own, and returns when the first edition is out.
    pub fn start(setup: Setup) -> io::Result<Self> {
        let Setup { world, options, listener, host, clock, on_edition } = setup;
        let address = listener.local_addr()?;
        let studio = Arc::new(Studio::new(Arc::clone(&world)));
        let cache = Arc::new(DiskCache::new(world.root()));
        let session = Session::with_cache(world as Arc<dyn World>, cache, options);
        looker::spawn(session, Arc::clone(&studio), Calendar::new(clock), on_edition)?;
        prover::spawn(Arc::clone(&studio))?;
        guard::spawn(listener, &host, Arc::clone(&studio))?;
        studio.wait_for_first_edition();
        Ok(Self { studio, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it serves just now.
    pub fn edition(&self) -> Arc<Edition> {
        self.studio.current()
    }

    /// The path under which the site stands, from `/` to its own slash at the end.
    pub fn base_path(&self) -> String {
        let edition = self.edition();
        edition.outcome.as_ref().map_or_else(|| "/".to_owned(), |outcome| outcome.site.config.base_url.href("/"))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.studio.stop();
        // The thread that accepts connections waits for one; it ends when it has seen this.
        let _ = std::net::TcpStream::connect(self.address);
    }
}
