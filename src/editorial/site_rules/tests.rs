//! Every site-wide rule's own examples, and what the examples do not show.

use crate::base::fingerprint::Fingerprint;
use crate::editorial::registry::SITE_RULES;
use crate::editorial::testing::Fixture;
use crate::editorial::{Member, SiteJudge};
use crate::model::{Kind, State};
use crate::parse::Document;
use std::sync::Arc;

/// The findings of a site as `path rule`.
fn raised(judge: &mut SiteJudge, fixture: &Fixture, documents: &[Arc<Document>]) -> Vec<String> {
    let member = |document| Member { document, kind: Kind::Piece, state: State::Live, lang: "en-GB" };
    let (notes, pieces): (Vec<_>, Vec<_>) = documents.iter().cloned().partition(|document| document.path.as_str().starts_with("data/"));
    let members: Vec<Member<'_>> = pieces.iter().map(member).collect();
    let findings = judge.judge(&members, &notes, (&fixture.register, Fingerprint::default()));
    findings.iter().map(|finding| format!("{} {}", finding.place.path, finding.rule)).collect()
}

#[test]
fn every_rule_is_raised_by_its_bad_examples_and_not_by_its_good_ones() {
    let fixture = Fixture::default();
    for rule in SITE_RULES {
        let doc = rule.doc();
        assert!(!doc.bad.is_empty() && !doc.good.is_empty(), "{} has examples", doc.name);
        for (examples, expected) in [(doc.bad, true), (doc.good, false)] {
            for example in examples {
                let found = raised(&mut SiteJudge::default(), &fixture, &fixture.site(example.text));
                assert_eq!(found.iter().any(|line| line.ends_with(doc.name)), expected, "{}\n{}\n{found:?}", doc.name, example.text);
            }
        }
    }
}

/// `n` words that no other start has.
fn words(start: usize, n: usize) -> String {
    (start..start + n).map(|idx| format!("w{idx} ")).collect()
}

fn piece(fixture: &Fixture, name: &str, body: &str) -> Arc<Document> {
    let site = format!("==> content/{name}.md\ndate: 2026-01-01\n---\n{body}\n");
    fixture.site(&site).remove(0)
}

#[test]
fn a_long_lived_judge_finds_what_a_fresh_one_finds() {
    let fixture = Fixture::default();
    let mut kept = SiteJudge::default();
    let mut documents: Vec<Arc<Document>> =
        (0..30).map(|idx| piece(&fixture, &format!("p{idx:02}"), &words(idx / 2 * 1000, 300))).collect();
    for step in 0..40 {
        let fresh = raised(&mut SiteJudge::default(), &fixture, &documents);
        assert_eq!(raised(&mut kept, &fixture, &documents), fresh, "step {step}");
        assert_eq!(raised(&mut kept, &fixture, &documents), fresh, "step {step} again");
        match step % 4 {
            0 => drop(documents.remove(step % documents.len())),
            1 => documents.push(piece(&fixture, &format!("n{step:02}"), &words(step * 500, 400))),
            2 => documents[step % 7] = piece(&fixture, &format!("m{step:02}"), &words(3000, 200)),
            _ => documents.reverse(),
        }
    }
}

#[test]
fn copies_are_found_however_many_there_are_and_turns_of_phrase_are_not() {
    let fixture = Fixture::default();
    for n_copies in [2, 12, 13, 40] {
        let copies: Vec<Arc<Document>> = (0..n_copies).map(|idx| piece(&fixture, &format!("p{idx:02}"), &words(0, 300))).collect();
        let mut found = raised(&mut SiteJudge::default(), &fixture, &copies);
        found.retain(|finding| finding.ends_with("archive-repeated"));
        assert_eq!(found.len(), n_copies - 1, "{found:?}");
        let phrase = words(0, 40);
        let others = (0..n_copies).map(|idx| piece(&fixture, &format!("q{idx:02}"), &format!("{phrase}{}", words(1000 * (idx + 1), 400))));
        let mut found = raised(&mut SiteJudge::default(), &fixture, &others.collect::<Vec<_>>());
        found.retain(|finding| finding.ends_with("archive-repeated"));
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn the_newer_piece_repeats_the_older_one_and_an_expired_one_is_no_archive() {
    let fixture = Fixture::default();
    let text = words(0, 300);
    let site = format!(
        "==> content/a.md\ndate: 2026-05-01\n---\n{text}\n==> content/b.md\ndate: 2025-05-01\n---\n{text}\n==> content/c.md\ndate: 2026-05-01\n---\n> {text}\n"
    );
    let documents = fixture.site(&site);
    let mut found = raised(&mut SiteJudge::default(), &fixture, &documents);
    found.retain(|finding| finding.ends_with("archive-repeated"));
    assert_eq!(found, ["content/a.md archive-repeated"]);
    let member = |document, state| Member { document, kind: Kind::Piece, state, lang: "en-GB" };
    let members = [member(&documents[0], State::Live), member(&documents[1], State::Expired)];
    assert!(SiteJudge::default().judge(&members, &[], (&fixture.register, Fingerprint::default())).is_empty());
}
