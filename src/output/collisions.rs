//! Outputs that would overwrite each other, as findings: at the alias or the slug that asks for the path.
//!
//! A plan knows no text, so it notes what collides, and the place is looked for here, in the pages as they are now.

use super::Subject;
use super::plan::{Collision, Overlap, Plan, Side};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::{Frame, Page, PageId, Site, face};
use std::collections::BTreeSet;

/// A finding for each two sources that ask for one path, or one of which stands in the way of the other.
pub fn find(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    // Pages come first in a plan: what stands beside them collides as they do, and is no news.
    let is_news = |collision: &&Collision| {
        let asks = [&collision.added, &collision.taken].map(|side| (side.origin.clone(), alias_of(&side.subject)));
        seen.insert((asks, collision.overlap == Overlap::Folder))
    };
    plan.collisions.iter().filter(is_news).map(|collision| finding(site, collision)).collect()
}

/// The findings of an edit that leaves a frame as it is may stand elsewhere then.
pub fn names(frame: &Frame, plan: &Plan, page: PageId) -> bool {
    let source = &frame.faces[page.0].source;
    plan.collisions.iter().any(|collision| collision.added.origin == *source || collision.taken.origin == *source)
}

fn finding(site: &Site, collision: &Collision) -> Diagnostic {
    // What somebody wrote down as an old address is easier to take back than where a page or file is.
    let is_alias = |side: &Side| alias_of(&side.subject).is_some();
    let (ours, theirs) = match is_alias(&collision.taken) && !is_alias(&collision.added) {
        true => (&collision.taken, &collision.added),
        false => (&collision.added, &collision.taken),
    };
    let message = match collision.overlap {
        Overlap::Same | Overlap::Case => format!("two outputs would stand at `{}`", ours.path),
        Overlap::Folder if ours.path.as_str().len() > theirs.path.as_str().len() => {
            format!("`{}` cannot stand there, for `{}` is a file and no folder", ours.path, theirs.path)
        }
        Overlap::Folder => format!("`{}` cannot be a file, for `{}` stands in a folder of that name", ours.path, theirs.path),
    };
    let finding = Diagnostic::error("output-collision", place(site, ours), message).help(help(site, ours, theirs));
    let finding = match (&theirs.origin, &ours.origin) {
        (theirs_of, _) if *theirs_of == site.config.path => finding.note(format!("`{}` is a file that Sowhat makes", theirs.path)),
        (theirs_of, ours_of) if theirs_of == ours_of => finding.note(format!("`{}` is already made from the same file", theirs.path)),
        (theirs_of, _) => finding.note_at(place(site, theirs), format!("`{}` is already made from `{theirs_of}`", theirs.path)),
    };
    match collision.overlap {
        Overlap::Case => finding.note("the two differ only in upper and lower case, which many hosts and file systems do not tell apart"),
        Overlap::Same | Overlap::Folder => finding,
    }
}

/// What decides the path of an output: an alias, a slug, or the name of the file.
fn place(site: &Site, side: &Side) -> Place {
    let written = page_of(site, &side.subject).and_then(|page| match alias_of(&side.subject) {
        Some((_, idx)) => face::alias_place(&page.document, page.aliases.get(idx)?),
        None => page.document.front.slug.as_ref().map(|slug| slug.place()),
    });
    written.map_or_else(|| Place::file(&side.origin), |range| Place::new(&side.origin, range))
}

fn help(site: &Site, ours: &Side, theirs: &Side) -> &'static str {
    let is_page = |side: &Side| page_of(site, &side.subject).is_some();
    let own_address = |page: &Page| page.url.output().is_some_and(|own| own == ours.path);
    match alias_of(&ours.subject) {
        Some(_) if ours.origin == theirs.origin && page_of(site, &ours.subject).is_some_and(own_address) => {
            "remove the alias: it is the page's own address"
        }
        Some(_) => "remove the alias, or correct it",
        None if is_page(ours) => "give one of them another `slug:`",
        None => "give one of them another name",
    }
}

fn alias_of(subject: &Subject) -> Option<(PageId, usize)> {
    match subject {
        Subject::Alias(id, idx) => Some((*id, *idx)),
        Subject::Page(_)
        | Subject::Section(..)
        | Subject::Term(..)
        | Subject::Taxonomy(..)
        | Subject::Feed(_)
        | Subject::Data(..)
        | Subject::Asset(_)
        | Subject::Copy(..)
        | Subject::Part(_)
        | Subject::Card(_)
        | Subject::Search(_)
        | Subject::Single => None,
    }
}

fn page_of<'a>(site: &'a Site, subject: &Subject) -> Option<&'a Page> {
    subject.page().map(|id| site.page(id))
}
