//! Any words in the slots of a brief and in a body, judged by every rule in a session that lives on, as
//! in a preview: no rule may break, and each finding stands at a place of its file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::base::date::Date;
use sowhat::pipeline::{Options, Session};
use sowhat::world::World;
use sowhat::world::memory::MemoryWorld;
use std::cell::RefCell;
use std::sync::Arc;

const SITE: &str = "title = \"Site\"\nbase_url = \"https://example.org/\"\nlanguage = \"en-GB\"\n\
    publisher = { name = \"Northwind Advisory\", url = \"https://northwind.example/\", products = [\"Meter\"] }\n\
    [audiences.cfo]\nrole = \"CFO\"\nat = \"mid-size professional-services firms\"\n";
const PERSON: &str = "---\nkind: person\ntitle: Jane Doe\n---\n\nText.\n";
const PIECE: &str = "content/piece.md";

thread_local! {
    static SITE_IN_USE: RefCell<(Arc<MemoryWorld>, Session)> = RefCell::new(site());
}

fn site() -> (Arc<MemoryWorld>, Session) {
    let world = Arc::new(MemoryWorld::new([("site.toml", SITE), ("content/people/jane-doe.md", PERSON)]));
    let options = Options::new(Date::parse("2026-11-20").expect("a date"));
    let session = Session::new(Arc::clone(&world) as Arc<dyn World>, options);
    (world, session)
}

/// The input cut at line ends: one part for each slot, what is left for the body.
fn piece(input: &str) -> String {
    let mut parts = input.splitn(12, '\n');
    let mut slot = || {
        let text = parts.next().unwrap_or_default();
        let plain: String = text.chars().filter(|c| !c.is_control() && !"\u{85}\u{2028}\u{2029}\u{feff}".contains(*c)).collect();
        format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let mut text = format!("---\ntitle: {}\ndescription: {}\nso_what: {}\n", slot(), slot(), slot());
    text += &format!("audience: {{ role: {}, at: {}, situation: {} }}\n", slot(), slot(), slot());
    text += &format!("objective: {{ change: {} }}\n", slot());
    text += &format!("guidance:\n  - {{ do: {}, who: {}, by: {}, done_when: {} }}\n", slot(), slot(), slot(), slot());
    text += "date: 2026-11-02\nauthors: [jane-doe]\n---\n\n";
    text + parts.next().unwrap_or_default() + "\n"
}

fuzz_target!(|input: &str| {
    let text = piece(input);
    SITE_IN_USE.with_borrow_mut(|(world, session)| {
        world.write(PIECE, text.as_bytes());
        let outcome = session.run().expect("the configuration is a good one");
        for finding in outcome.findings().iter() {
            assert_ne!(finding.rule, "internal-error", "{finding:?}");
            if finding.place.path.as_str() == PIECE {
                assert!(text.get(finding.place.start..finding.place.end).is_some(), "{finding:?}");
            }
        }
    });
});
