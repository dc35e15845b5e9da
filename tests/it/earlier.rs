//! What an earlier process found in a page holds for that very file, and for nothing else.

use crate::fixture::{options, report, rich_site};
use sowhat::pipeline::{Options, Session};
use sowhat::report::Format;
use sowhat::world::World;
use sowhat::world::cache::{Cache, MemoryCache};
use sowhat::world::memory::MemoryWorld;
use std::sync::Arc;

const PAGE: &str = "content/essays/vague.md";
const VAGUE: &str =
    "---\ntitle: Vague\ndate: 2026-10-02\nauthors: [ada]\naudience: everyone\nso_what: It matters.\n---\n\nStay tuned for my next post.\n";

/// What one process finds, as JSON.
fn found(world: &Arc<MemoryWorld>, cache: &Arc<MemoryCache>, options: Options) -> String {
    let world = Arc::clone(world) as Arc<dyn World>;
    let outcome = Session::with_cache(world, Arc::clone(cache) as Arc<dyn Cache>, options).run().unwrap();
    report(&outcome.findings().to_vec(), &outcome.sources, Format::Json)
}

/// Changes what is written down, wherever these words stand; true if they stood somewhere.
fn forge(cache: &MemoryCache, from: &str, to: &str) -> bool {
    let parts = (0..64).map(|number| format!("judged1-{number}"));
    let forged = parts.filter(|key| {
        let text = cache.get(key).map(|bytes| String::from_utf8(bytes).unwrap()).unwrap_or_default();
        text.contains(from) && cache.put(key, text.replace(from, to).as_bytes())
    });
    forged.count() > 0
}

fn site() -> (Arc<MemoryWorld>, Arc<MemoryCache>) {
    let world = rich_site();
    world.write(PAGE, VAGUE.as_bytes());
    (Arc::new(world), Arc::default())
}

#[test]
fn a_page_that_stands_as_it_stood_is_not_judged_again() {
    let (world, cache) = site();
    let first = found(&world, &cache, options());
    assert!(first.contains("guidance-missing") && first.contains("promise-unkept"), "{first}");
    assert_eq!(found(&world, &cache, options()), first);
    assert!(forge(&cache, "tells the reader nothing to do", "bears a mark"));
    assert!(found(&world, &cache, options()).contains("bears a mark"), "what was written down is what counts");
    // The same bytes, written again: another file for all that anybody knows.
    world.write(PAGE, VAGUE.as_bytes());
    assert_eq!(found(&world, &cache, options()), first);
}

#[test]
fn another_program_another_day_and_other_settings_judge_anew() {
    let (world, cache) = site();
    let first = found(&world, &cache, options());
    assert!(forge(&cache, "\"is_error\":true", "\"is_error\":false"));
    let other = Options { program: "another".to_owned(), ..options() };
    assert_eq!(found(&world, &cache, other), first);
    assert!(forge(&cache, "\"is_error\":true", "\"is_error\":false"));
    let clean = |options| found(&world, &Arc::default(), options);
    let tomorrow = || Options { today: sowhat::base::date::Date::parse("2026-11-23").unwrap(), program: "another".to_owned(), ..options() };
    assert_eq!(found(&world, &cache, tomorrow()), clean(tomorrow()));
    // The hour is no other day: the note of it is used.
    assert!(forge(&cache, "\"is_error\":true", "\"is_error\":false"));
    let later = Options { today: sowhat::base::date::Date::parse("2026-11-23T09:30").unwrap(), ..tomorrow() };
    assert_ne!(found(&world, &cache, later.clone()), clean(later));
}

#[test]
fn what_cannot_have_been_written_is_nothing() {
    for (from, to) in [
        ("\"place\":[", "\"place\":[99999999,"),
        ("\"rule\":\"", "\"rule\":\"no-such-"),
        ("\"path\":\"", "\"path\":\"../"),
        ("\"path\":\"", "\"path\":\"content/none/"),
        ("\"digest\":[\"", "\"digest\":[\"x"),
        ("{", "["),
        ("\n", ""),
    ] {
        let (world, cache) = site();
        let first = found(&world, &cache, options());
        assert!(forge(&cache, from, to), "{from}");
        assert_eq!(found(&world, &cache, options()), first, "{from} → {to}");
    }
}
