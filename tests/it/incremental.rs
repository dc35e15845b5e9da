//! A long-lived session gives what a fresh one gives, byte for byte, whatever was edited in between.

use crate::fixture::{FILES, FOUR, Made, ONE, SITE_TOML, THREE, TWO, failure_text, make, make_again, make_all, options, rich_site};
use proptest::prelude::*;
use sowhat::base::path::SourcePath;
use sowhat::pipeline::{Completion, Outcome, Session};
use sowhat::world::World;
use sowhat::world::memory::MemoryWorld;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One thing an author does between two runs.
#[derive(Debug, Clone)]
pub enum Edit {
    /// Puts a text at a path, whatever stood there.
    Write(&'static str, &'static str),
    /// Replaces words in a file; nothing if they are not there.
    Replace(&'static str, &'static str, &'static str),
    Append(&'static str, &'static str),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    Swap(&'static str, &'static str),
    /// Puts back what the site began with.
    Restore(&'static str),
}

const NEW_PIECE: &str = "---\ntitle: Five\ndate: 2026-11-10\nauthors: [ada, nobody]\naudience: buyers\nso_what: Because.\nguidance: Name one owner per offer\ntopics: [contracts]\nseries: pricing\n---\n\nText with [a link](one.md) and [another](missing.md).\n";

const PIECE_TEMPLATE: &str = "<h1>{{ page.title }}</h1>{{ page.body }}{% for author in page.authors %}{{ author.name }}{% endfor %}{{ site.title }}{% for piece in page.related %}{{ piece.title }}{{ piece.so_what }}{% endfor %}";

/// Every edit that may follow: each touches another dependency between stages.
pub const EDITS: &[Edit] = &[
    Edit::Append("content/essays/one.md", "\nOne more paragraph.\n"),
    Edit::Append("content/essays/one.md", "\n## A late heading\n\n[Down](#a-late-heading)\n"),
    Edit::Append("content/essays/2026-03-04-three.md", "\n```rust\nlet x = 1;\n```\n\n:::pullquote{by=\"Ada\"}\nSaid.\n:::\n"),
    Edit::Append("content/essays/four.md", "\nMore that nobody may read.\n"),
    Edit::Append("content/people/ada.md", "\nAnd more of them.\n"),
    Edit::Replace("content/essays/one.md", "title: Price the outcome", "title: Price outcomes"),
    Edit::Replace("content/essays/one.md", "## The first part", "## The opening"),
    Edit::Replace("content/essays/one.md", "authors: [ada]", "authors: [ben]"),
    Edit::Replace("content/essays/one.md", "audience: cfo", "audience: buyers"),
    Edit::Replace("content/essays/one.md", "audience: cfo\n", ""),
    Edit::Replace("content/essays/one.md", "[^survey]", ""),
    Edit::Replace("content/essays/one.md", "date: 2026-10-02", "date: 2026-12-24"),
    Edit::Replace("content/essays/one.md", "date: 2026-10-02", "date: 2024-01-01"),
    Edit::Replace("content/essays/one.md", "date: 2026-10-02", "draft: true\ndate: 2026-10-02"),
    Edit::Replace("content/essays/one.md", "draft: true\n", ""),
    Edit::Replace("content/essays/one.md", "part: 1", "part: 2"),
    Edit::Replace("content/essays/one.md", "aliases: [/old/price/]", "slug: priced\naliases: [/essays/one/]"),
    Edit::Replace("content/essays/two/index.md", "topics: [pricing]", "topics: [measuring]\nunlisted: true"),
    Edit::Replace("content/essays/two/index.md", "title: Sell", "lang: de\nweight: 3\ntitle: Sell"),
    Edit::Replace("content/essays/two/index.md", "so_what: A second", "so_what: The second"),
    Edit::Replace("content/essays/two/index.md", "title: Sell the second part", "slug: renewals\ntitle: Sell the second part"),
    Edit::Replace("content/essays/2026-03-04-three.md", "topics: [measuring]", "topics: [Measuring, pricing]\nexpires_on: 2026-11-01"),
    Edit::Replace("content/essays/2026-03-04-three.md", "---\ntitle", "---\n title: broken\ntitle"),
    Edit::Replace("content/essays/four.md", "gate: { reason", "extra: { reason"),
    Edit::Replace("content/people/ada.md", "title: Ada Byron", "title: Ada Lovelace"),
    Edit::Replace("content/people/ada.md", "title: Ada Byron", "draft: true\ntitle: Ada Byron"),
    Edit::Replace("content/people/ada.md", "role: Partner", "role: Chair"),
    Edit::Replace("content/people/_index.md", "defaults: {kind: person}", "defaults: {kind: page}"),
    Edit::Replace("content/essays/_index.md", "title: Essays", "title: Pieces\npaginate_by: 1\ndefaults: {lang: fr}"),
    Edit::Replace("site.toml", "title = \"Northbank\"", "title = \"Southbank\""),
    Edit::Replace("site.toml", "example/insights/", "example/"),
    Edit::Replace("site.toml", "language = \"en-GB\"", "language = \"de-DE\""),
    Edit::Replace("site.toml", "paginate_by = 2", "paginate_by = 20"),
    Edit::Replace("site.toml", "[audiences.buyers]", "[audiences.sellers]"),
    Edit::Replace("site.toml", "role = \"CFO\"", "title = \"Finance\"\nrole = \"CFO\""),
    Edit::Replace("site.toml", "Pricing without hours", "No more hours"),
    Edit::Replace("site.toml", "[[nav]]", "[markdown]\nsmart_punctuation = false\nhighlight = false\n\n[[nav]]"),
    Edit::Replace("site.toml", "[[nav]]", "[rules]\npreset = \"strict\"\n\n[[nav]]"),
    Edit::Replace("site.toml", "title = ", "titel = "),
    Edit::Append("site.toml", "\n[feeds]\nitems = 1\n"),
    Edit::Write("templates/piece.html", PIECE_TEMPLATE),
    Edit::Write("templates/piece.html", "{{ page.title"),
    Edit::Replace("templates/piece.html", "<h1>", "<h1 class=\"new\">"),
    Edit::Write("templates/directives/callout.html", "{# params: title = \"\" #}<aside>{{ title }} {{ site.title }} {{ body }}</aside>"),
    Edit::Write("templates/directives/callout.html", "{# params: name #}<aside>{{ body }}</aside>"),
    Edit::Write("static/css/main.css", "body { margin: 0 }\n"),
    Edit::Write("static/css/sheet.scss", "@use \"ink\";\na { b { color: ink.$ink; } }\n"),
    Edit::Write("static/css/_ink.scss", "$ink: red;\n"),
    Edit::Write("static/css/_ink.scss", "$ink: ;\n"),
    Edit::Append("static/css/extra.css", "a { color: blue }\n"),
    Edit::Append("content/essays/two/chart.svg", "<!-- more -->\n"),
    Edit::Append("content/essays/two/sheet.csv", "3,4\n"),
    Edit::Replace("content/essays/one.md", "topics: [pricing, Contracts]", "topics: [pricing, Contracts!]"),
    Edit::Replace("content/essays/two/index.md", "topics: [pricing]", "topics: [contracts, pricing]"),
    Edit::Write("content/essays/two/photo.jpg", "no photograph\n"),
    Edit::Append("content/essays/two/index.md", "\n![A desk](photo.jpg)\n"),
    Edit::Remove("content/essays/two/photo.jpg"),
    Edit::Write("content/essays/six.markdown", NEW_PIECE),
    Edit::Rename("content/essays/six.markdown", "content/essays/six.md"),
    Edit::Write("content/essays/six.md.bak", NEW_PIECE),
    Edit::Write("content/essays/five.md", NEW_PIECE),
    Edit::Write("content/essays/FIVE.md", NEW_PIECE),
    Edit::Write("content/notes/six.md", TWO),
    Edit::Write("content/notes/_index.md", "---\ntitle: Notes\ntemplate: archive\n---\n"),
    Edit::Remove("content/essays/one.md"),
    Edit::Remove("content/essays/two/chart.svg"),
    Edit::Remove("content/essays/_index.md"),
    Edit::Remove("content/people/ben.md"),
    Edit::Remove("content/_index.md"),
    Edit::Remove("templates/piece.html"),
    Edit::Remove("templates/directives/callout.html"),
    Edit::Remove("static/css/main.css"),
    Edit::Remove("site.toml"),
    Edit::Rename("content/essays/one.md", "content/essays/first.md"),
    Edit::Rename("content/essays/first.md", "content/essays/one.md"),
    Edit::Rename("content/essays/two/index.md", "content/essays/two.md"),
    Edit::Rename("content/essays/2026-03-04-three.md", "content/notes/three.md"),
    Edit::Rename("content/people/ada.md", "content/people/ada-b.md"),
    Edit::Rename("static/logo.txt", "static/mark.txt"),
    Edit::Swap("content/essays/one.md", "content/essays/four.md"),
    Edit::Swap("content/essays/one.md", "content/essays/2026-03-04-three.md"),
    Edit::Swap("content/people/ada.md", "content/people/ben.md"),
    Edit::Swap("content/about.md", "content/essays/one.md"),
    Edit::Restore("site.toml"),
    Edit::Restore("content/_index.md"),
    Edit::Restore("content/essays/_index.md"),
    Edit::Restore("content/essays/one.md"),
    Edit::Restore("content/essays/two/index.md"),
    Edit::Restore("content/essays/two/chart.svg"),
    Edit::Restore("content/people/ada.md"),
];

impl Edit {
    /// Where the system says that something happened.
    fn paths(&self) -> BTreeSet<SourcePath> {
        let named = match *self {
            Self::Write(path, _) | Self::Replace(path, ..) | Self::Append(path, _) | Self::Remove(path) | Self::Restore(path) => vec![path],
            Self::Rename(one, other) | Self::Swap(one, other) => vec![one, other],
        };
        named.into_iter().map(|path| SourcePath::new(path).unwrap()).collect()
    }
}

fn text_of(world: &MemoryWorld, path: &str) -> Option<Vec<u8>> {
    world.read(&SourcePath::new(path).unwrap()).unwrap()
}

pub fn apply(world: &MemoryWorld, edit: &Edit) {
    match *edit {
        Edit::Write(path, text) => world.write(path, text.as_bytes()),
        Edit::Replace(path, old, new) => {
            let Some(text) = text_of(world, path) else { return };
            let text = String::from_utf8(text).unwrap();
            world.write(path, text.replacen(old, new, 1).as_bytes());
        }
        Edit::Append(path, more) => {
            let mut text = text_of(world, path).unwrap_or_default();
            text.extend_from_slice(more.as_bytes());
            world.write(path, &text);
        }
        Edit::Remove(path) => world.remove(path),
        Edit::Rename(old, new) => {
            let Some(text) = text_of(world, old) else { return };
            world.remove(old);
            world.write(new, &text);
        }
        Edit::Swap(one, other) => {
            let (Some(first), Some(second)) = (text_of(world, one), text_of(world, other)) else { return };
            world.write(one, &second);
            world.write(other, &first);
        }
        Edit::Restore(path) => {
            let known = FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text);
            world.write(path, known.unwrap_or(SITE_TOML).as_bytes());
        }
    }
}

/// Puts the site back as it was, leaving alone what no edit has touched.
fn reset(world: &MemoryWorld) {
    let listings = ["content", "templates", "static"].map(|folder| world.list(&SourcePath::new(folder).unwrap()).unwrap());
    for (path, _) in listings.iter().flat_map(|listing| &listing.files) {
        if FILES.iter().all(|(known, _)| *known != path.as_str()) {
            world.remove(path.as_str());
        }
    }
    for (path, text) in FILES.iter().chain(&[("site.toml", SITE_TOML)]) {
        if text_of(world, path).as_deref() != Some(text.as_bytes()) {
            world.write(path, text.as_bytes());
        }
    }
}

/// Applies edits in turn and compares a session that lives through all of them with fresh ones.
struct Trial {
    world: Arc<MemoryWorld>,
    session: Session,
    applied: Vec<Edit>,
}

impl Trial {
    fn new() -> Self {
        let world = Arc::new(rich_site());
        let mut session = Session::new(Arc::clone(&world) as Arc<dyn World>, options());
        make_again(&mut session);
        Self { world, session, applied: Vec::new() }
    }

    fn check(&mut self, edit: &Edit) {
        apply(&self.world, edit);
        self.applied.push(edit.clone());
        let (kept, fresh) = (make_again(&mut self.session), make(Arc::clone(&self.world) as Arc<dyn World>));
        if kept == fresh {
            return;
        }
        let differs = fresh.outputs.iter().filter(|(path, made)| kept.outputs.get(*path) != Some(made)).map(|(path, _)| path);
        let differs: Vec<&String> = differs.chain(kept.outputs.keys().filter(|path| !fresh.outputs.contains_key(*path))).collect();
        panic!(
            "after {:#?}\noutputs that differ: {differs:#?}\nfindings kept:\n{}\nfindings fresh:\n{}",
            self.applied, kept.findings, fresh.findings
        );
    }
}

/// A session that is told where edits were, and interrupted while it checks what they came to.
struct Told {
    trial: Trial,
    /// What it last showed.
    shown: Option<Result<Outcome, String>>,
}

impl Told {
    fn new() -> Self {
        let world = Arc::new(rich_site());
        let mut session = Session::new(Arc::clone(&world) as Arc<dyn World>, options());
        // Small as it is, it is checked as a large site is.
        session.set_many_files(1);
        let shown = session.run_pages().map_err(|failure| failure_text(&failure));
        Self { trial: Trial { world, session, applied: Vec::new() }, shown: Some(shown) }
    }

    /// Takes in an edit, and checks as far as `steps` go.
    fn edit(&mut self, edit: &Edit, steps: usize) {
        apply(&self.trial.world, edit);
        self.trial.applied.push(edit.clone());
        match self.trial.session.run_paths(&edit.paths()) {
            Ok(outcome) => self.shown = outcome.map(Ok).or(self.shown.take()),
            Err(failure) => self.shown = Some(Err(failure_text(&failure))),
        }
        let left = Cell::new(steps);
        self.complete(&|| left.replace(left.get().saturating_sub(1)) > 0);
    }

    fn complete(&mut self, may_go_on: &dyn Fn() -> bool) {
        match self.trial.session.complete_while(may_go_on) {
            Completion::Found(outcome) => self.shown = Some(Ok(*outcome)),
            Completion::Nothing | Completion::Interrupted => {}
        }
    }

    /// Once all is checked, what was shown last is what a fresh session makes.
    fn compare(&mut self) {
        self.complete(&|| true);
        let fresh = make(Arc::clone(&self.trial.world) as Arc<dyn World>);
        let shown = match self.shown.take() {
            Some(Ok(outcome)) => make_all(&outcome),
            Some(Err(findings)) => Made { outputs: BTreeMap::new(), findings },
            None => make_again(&mut self.trial.session),
        };
        let differs: Vec<&String> =
            fresh.outputs.iter().filter(|(path, made)| shown.outputs.get(*path) != Some(made)).map(|(path, _)| path).collect();
        assert!(
            shown == fresh,
            "after {:#?}\noutputs that differ: {differs:#?}\nonly shown:\n{}\nonly fresh:\n{}",
            self.trial.applied,
            lines_but(&shown.findings, &fresh.findings),
            lines_but(&fresh.findings, &shown.findings)
        );
    }
}

/// The lines of a text that another one lacks.
fn lines_but(text: &str, other: &str) -> String {
    text.lines().filter(|line| !other.lines().any(|known| known == *line)).fold(String::new(), |all, line| all + line + "\n")
}

/// A site whose every edit fails is compared to nothing: the edits must bite.
#[test]
fn the_site_that_is_edited_is_whole() {
    let made = make(Arc::new(rich_site()));
    let broken: Vec<&String> = made.outputs.iter().filter(|(_, bytes)| bytes.is_err()).map(|(path, _)| path).collect();
    assert!(broken.is_empty() && made.outputs.len() > 40, "{broken:?} {}", made.findings);
    assert!(!made.findings.contains("\"error\""), "{}", made.findings);
    assert_eq!([ONE, TWO, THREE, FOUR].map(|text| text.starts_with("---\n")), [true; 4]);
}

#[test]
fn each_edit_alone_leaves_nothing_stale() {
    let mut trial = Trial::new();
    for edit in EDITS {
        trial.check(edit);
        trial.applied = vec![edit.clone()];
        reset(&trial.world);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn incremental_is_clean(edits in prop::collection::vec(prop::sample::select(EDITS.iter().collect::<Vec<_>>()), 1..7)) {
        let mut trial = Trial::new();
        edits.into_iter().for_each(|edit| trial.check(edit));
    }

    #[test]
    fn what_is_shown_in_steps_is_clean(edits in prop::collection::vec((prop::sample::select(EDITS.iter().collect::<Vec<_>>()), 0usize..5), 1..7)) {
        let mut told = Told::new();
        edits.into_iter().for_each(|(edit, steps)| told.edit(edit, steps));
        told.compare();
    }
}

/// The words that lists show of a piece move nothing: the plan is the same one, and no other page is laid out anew.
#[test]
fn words_move_no_frame() {
    let cases = [
        ("\nOne more paragraph.\n", "", "", true),
        ("", "title: Price the outcome", "title: Price outcomes", false),
        ("", "so_what: Firms that sell", "so_what: Firms that still sell", false),
    ];
    for (more, old, new, is_same_frame) in cases {
        let world = Arc::new(rich_site());
        let mut session = Session::new(Arc::clone(&world) as Arc<dyn World>, options());
        let before = session.run().expect("the site can be read");
        let path = "content/essays/one.md";
        let text = String::from_utf8(text_of(&world, path).unwrap()).unwrap();
        let edited = text.replacen(old, new, 1) + more;
        assert_ne!(edited, text);
        world.write(path, edited.as_bytes());
        let after = session.run_paths(&BTreeSet::from([SourcePath::new(path).unwrap()])).unwrap().expect("something has changed");
        assert!(Arc::ptr_eq(&before.plan, &after.plan), "{new:?} {more:?}");
        assert_eq!(Arc::ptr_eq(&before.site.frame, &after.site.frame), is_same_frame, "{new:?} {more:?}");
    }
}
