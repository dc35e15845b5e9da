//! A page's summary is all that other pages see of it: an edit below it stays on its own page.

use crate::fixture::{make, rich_site};
use sowhat::base::path::SourcePath;
use sowhat::world::World;
use std::sync::Arc;

const PIECE: &str = "content/essays/one.md";

#[test]
fn an_edit_of_a_body_changes_its_own_page_and_what_carries_its_text() {
    let world = Arc::new(rich_site());
    let before = make(Arc::clone(&world) as _);
    let path = SourcePath::new(PIECE).unwrap();
    let text = String::from_utf8(world.read(&path).unwrap().unwrap()).unwrap();
    world.write(PIECE, format!("{}\nTwo more words.\n", text.trim_end()).as_bytes());
    let after = make(world as _);
    let carries_text = |path: &str| {
        let is_own = path.starts_with("essays/one/") && (path.ends_with("index.html") || path.ends_with("index.md"));
        is_own || ["atom.xml", "rss.xml", "feed.json"].iter().any(|feed| path.ends_with(feed))
    };
    let changed: Vec<&String> = before.outputs.keys().filter(|path| before.outputs[*path] != after.outputs[*path]).collect();
    let strangers: Vec<&&String> = changed.iter().filter(|path| !carries_text(path)).collect();
    assert!(strangers.is_empty(), "{strangers:?} changed with the body of {PIECE}");
    assert!(changed.iter().any(|path| *path == "essays/one/index.html"), "{changed:?}");
}
