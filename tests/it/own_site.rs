//! This repository's own publication: it passes its gate, and no piece of it gets past without its brief.

use sowhat::base::date::Date;
use sowhat::base::diagnostic::{Diagnostic, Severity};
use sowhat::config::Preset;
use sowhat::pipeline::{Gate, Options, Outcome, Session, Silent};
use sowhat::report::scorecard::{ReportFormat, Scorecard};
use sowhat::world::memory::MemoryWorld;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn options() -> Options {
    Options::new(Date::parse("2026-11-22").unwrap())
}

/// The publication in memory, so that a test may damage it.
fn own_site() -> MemoryWorld {
    let world = MemoryWorld::default();
    world.write("site.toml", &fs::read(Path::new(ROOT).join("site.toml")).unwrap());
    let mut folders = vec![Path::new(ROOT).join("content"), Path::new(ROOT).join("data")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let relative = path.strip_prefix(ROOT).unwrap().to_str().unwrap().replace('\\', "/");
            world.write(&relative, &fs::read(&path).unwrap());
        }
    }
    world
}

fn judged(session: &mut Session) -> (Outcome, Vec<Diagnostic>) {
    let outcome = session.run().unwrap();
    let findings = outcome.findings().to_vec();
    (outcome, findings)
}

/// A header without one of its keys, and without what stands below that key.
fn without_key(text: &str, key: &str) -> String {
    // A body may show a header as an example.
    let (header, body) = text.split_once("\n---\n").expect("a closing fence");
    let mut is_inside = false;
    let lines = header.split_inclusive('\n').filter(|line| {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            is_inside = line.starts_with(&format!("{key}:"));
        }
        !is_inside
    });
    let header: String = lines.collect();
    format!("{}\n---\n{body}", header.trim_end())
}

#[test]
fn it_passes_its_own_gate_without_a_finding() {
    let mut session = Session::new(Arc::new(own_site()), options());
    let (mut outcome, _) = judged(&mut session);
    outcome.check(&Silent).unwrap();
    let findings: Vec<String> =
        outcome.findings().iter().map(|finding| format!("{} {}: {}", finding.place.path, finding.rule, finding.message)).collect();
    assert!(findings.is_empty(), "{findings:#?}");
    assert!(outcome.counts().pieces >= 8);
    let pieces = outcome.site.listed.iter().map(|id| outcome.site.page(*id));
    for piece in pieces {
        assert!(
            piece.document.suppressions.is_empty() && piece.document.front.allow.is_none(),
            "{} suppresses a rule",
            piece.document.path
        );
    }
}

#[test]
fn no_piece_is_published_without_its_audience_or_its_guidance() {
    let world = Arc::new(own_site());
    let mut session = Session::new(Arc::clone(&world) as _, options());
    let (whole, _) = judged(&mut session);
    let pieces: Vec<(String, String)> = whole
        .site
        .listed
        .iter()
        .map(|id| &whole.site.page(*id).document)
        .map(|document| (document.path.as_str().to_owned(), document.text().to_string()))
        .collect();
    for (path, text) in &pieces {
        for (key, rule) in [("audience", "audience-missing"), ("guidance", "guidance-missing")] {
            let damaged = without_key(text, key);
            assert_ne!(&damaged, text, "{path} has no `{key}:`");
            world.write(path, damaged.as_bytes());
            let (outcome, findings) = judged(&mut session);
            assert_eq!(outcome.gate(), Gate::Closed, "{path} without {key}");
            // What hangs on the key is found as well: who signed the piece signed another brief.
            let hangs_on_it = |finding: &&Diagnostic| finding.rule == "sign-off-stale" || finding.rule == "audience-challenge-unmatched";
            let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
            let errors: Vec<&Diagnostic> = errors.filter(|finding| !hangs_on_it(finding)).collect();
            assert_eq!(errors.len(), 1, "{path} without {key}: {errors:#?}");
            assert_eq!((errors[0].rule, errors[0].place.path.as_str()), (rule, path.as_str()));
            let line = outcome.sources.region(&errors[0].place).start.line;
            assert_eq!(line, 1, "a missing key points at the opening fence");
        }
        world.write(path, text.as_bytes());
    }
    let (mended, _) = judged(&mut session);
    assert_eq!(mended.gate(), Gate::Open);
}

/// A newcomer learns by looking: whatever can be recorded of a piece is recorded of some piece here.
#[test]
fn every_record_is_used_by_the_publication() {
    let mut session = Session::new(Arc::new(own_site()), options());
    let (outcome, _) = judged(&mut session);
    assert_eq!(outcome.site.config.rules.preset, Preset::Strict);
    let records = &outcome.records;
    assert!(records.sign_offs.len() >= 3 * outcome.counts().pieces, "expert, editor and marketing have signed each piece");
    assert!(!records.results.is_empty() && !records.samples.is_empty() && !records.ratings.is_empty());
    let mut out = Vec::new();
    Scorecard::new(&outcome).write(ReportFormat::Json, &mut out).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let across = &report["across"];
    assert_eq!(across["partners"][3], outcome.counts().pieces, "all three partners stand for every piece");
    assert!(across["human"]["agreement"]["overall"]["alpha"].as_f64() > Some(0.667), "the raters mean the same by their scores");
    assert!(across["objectives"]["met"].as_u64() > Some(0), "one objective is met");
    let fronts: Vec<_> = outcome.site.listed.iter().map(|id| &outcome.site.page(*id).document.front).collect();
    assert!(fronts.iter().all(|front| front.competitors.is_some() && front.difference.is_some() && front.launch.is_some()));
    assert!(fronts.iter().any(|front| front.hypotheses.is_some()) && fronts.iter().any(|front| front.rare_answer.is_some()));
}
