//! How often the rules are right: labelled cases through the rules, and the counts of each rule.
//!
//! `cargo run --example precision` prints them; `tests/it/precision.rs` holds them to their floors.
//!
//! A file of `cases/` holds cases one after the other. `== raises RULE, RULE` or `== clean` begins one;
//! behind a bar stands what it is near to. Keys of the header follow, of which those of a good piece are
//! replaced (`key: -` takes one out), then `---` and the body. What is raised and not named is an error
//! of the rule, wherever it is raised. A case of several files names each after `==> `.

use sowhat::base::date::Date;
use sowhat::base::diagnostic::Severity;
use sowhat::base::fingerprint::Fingerprint;
use sowhat::base::path::SourcePath;
use sowhat::base::spanned::Spanned;
use sowhat::config::audience::AudienceSlots;
use sowhat::config::{DeclaredAudience, Level, OUTCOMES, RuleSetting, RuleSettings};
use sowhat::editorial::lexicon::Lexicons;
use sowhat::editorial::records::SignOffs;
use sowhat::editorial::registry;
use sowhat::editorial::{Family, Member, Piece, Register, RuleDoc, SiteJudge, Standing};
use sowhat::model::{Kind, State};
use sowhat::parse::{Document, parse};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const CASES: &[(&str, &str)] = &[
    ("research", include_str!("cases/research.txt")),
    ("structure", include_str!("cases/structure.txt")),
    ("expertise", include_str!("cases/expertise.txt")),
    ("language", include_str!("cases/language.txt")),
    ("me-too", include_str!("cases/me-too.txt")),
    ("brief", include_str!("cases/brief.txt")),
    ("blind", include_str!("cases/blind.txt")),
    ("blind-text", include_str!("cases/blind-text.txt")),
];

/// The labelled audiences and items of guidance that the rules' own tests read too.
const AUDIENCES: [&str; 5] = [
    include_str!("../../src/editorial/cases/audiences.txt"),
    include_str!("../../src/editorial/cases/audiences-held-out.txt"),
    include_str!("../../src/editorial/cases/audiences-blind-1.txt"),
    include_str!("../../src/editorial/cases/audiences-blind-2.txt"),
    include_str!("../../src/editorial/cases/audiences-blind-3.txt"),
];
const GUIDANCE: [&str; 3] = [
    include_str!("../../src/editorial/cases/guidance.txt"),
    include_str!("../../src/editorial/cases/guidance-held-out.txt"),
    include_str!("../../src/editorial/cases/guidance-blind.txt"),
];

/// Values of single fields of the brief, by rule.
const FIELDS: &str = include_str!("cases/fields.txt");

/// The header of a piece that no rule finds fault with, those that are off by default included.
const GOOD: &str = include_str!("cases/good.yaml");

/// What stands for the rules by which an audience or guidance fails the gate.
pub const GATE_ROWS: [&str; 2] = ["audience (gate)", "guidance (gate)"];

/// Rules that hold the body against the brief.
const OF_BRIEF_AND_BODY: [&str; 3] = ["so-what-not-in-body", "guidance-not-explained", "so-what-late"];

/// A labelled case.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Where it stands, for whoever has to look.
    pub name: String,
    pub files: Vec<(String, String)>,
    /// The rules, or rows, that are to be raised.
    pub expected: BTreeSet<String>,
    /// Rules about which the case says nothing: all but one for a rule's own example.
    pub only: Option<String>,
}

/// How often a rule was right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub right: usize,
    pub false_alarms: usize,
    pub missed: usize,
}

impl Counts {
    /// Of what was raised, the share that should have been.
    pub fn precision(self) -> f64 {
        share(self.right, self.false_alarms)
    }

    /// Of what should have been raised, the share that was.
    pub fn recall(self) -> f64 {
        share(self.right, self.missed)
    }
}

fn share(right: usize, wrong: usize) -> f64 {
    if right + wrong == 0 { 1.0 } else { right as f64 / (right + wrong) as f64 }
}

/// What came of all cases.
#[derive(Debug, Default)]
pub struct Measured {
    pub n_cases: usize,
    pub by_rule: BTreeMap<String, Counts>,
    /// What went wrong, a line each.
    pub errors: Vec<String>,
}

/// Puts every case through the rules.
pub fn measure() -> Measured {
    let mut measured = Measured::default();
    let labelled = cases();
    measured.n_cases = labelled.len();
    for case in &labelled {
        let raised = raised(case);
        let is_counted = |rule: &&String| case.only.as_ref().is_none_or(|only| only == *rule);
        for rule in case.expected.union(&raised).filter(is_counted) {
            let counts = measured.by_rule.entry(rule.clone()).or_default();
            match (case.expected.contains(rule), raised.contains(rule)) {
                (true, true) => counts.right += 1,
                (false, _) => {
                    counts.false_alarms += 1;
                    measured.errors.push(format!("false alarm of {rule}: {}", case.name));
                }
                (true, false) => {
                    counts.missed += 1;
                    measured.errors.push(format!("missed by {rule}: {}", case.name));
                }
            }
        }
    }
    measured
}

/// Every labelled case: those of the files, and each rule's own examples.
pub fn cases() -> Vec<Labelled> {
    let from_files = CASES.iter().flat_map(|(file, text)| written(file, text));
    from_files.chain(field_cases()).chain(gate_cases()).chain(examples()).collect()
}

/// The cases of the files alone: what the metamorphic tests turn about.
#[cfg_attr(not(test), expect(dead_code, reason = "the command measures all cases"))]
pub fn written_cases() -> Vec<Labelled> {
    CASES.iter().flat_map(|(file, text)| written(file, text)).collect()
}

fn written(file: &str, text: &str) -> Vec<Labelled> {
    let mut cases = Vec::new();
    for (idx, part) in text.split("\n== ").enumerate().skip(1) {
        let (label, rest) = part.split_once('\n').unwrap_or((part, ""));
        let verdict = label.split('|').next().unwrap_or_default().trim();
        let expected = match verdict.strip_prefix("raises ") {
            Some(rules) => rules.split(',').map(|rule| rule.trim().to_owned()).collect(),
            None => {
                assert_eq!(verdict, "clean", "{file}: a case is `clean` or `raises RULE`");
                BTreeSet::new()
            }
        };
        for rule in &expected {
            assert!(registry::find(rule).is_some(), "{file}: there is no rule `{rule}`");
        }
        cases.push(Labelled { name: format!("{file} #{idx} == {label}"), files: files(rest), expected, only: None });
    }
    cases
}

fn files(text: &str) -> Vec<(String, String)> {
    let file = |path: &str, text: &str| {
        let (keys, body) =
            if let Some(body) = text.strip_prefix("---\n") { ("", body) } else { text.split_once("\n---\n").unwrap_or((text, BODY)) };
        (path.to_owned(), piece(keys, body))
    };
    if !text.contains("==> ") {
        return vec![file("content/insights/a.md", text)];
    }
    let parts = text.split("==> ").filter(|part| !part.trim().is_empty());
    parts.filter_map(|part| part.split_once('\n')).map(|(path, text)| file(path.trim(), text)).collect()
}

/// A body that says nothing wrong.
const BODY: &str = "\nThe meter on the wall was read twice a year by a man who never spoke to the finance office.\n";

/// A good piece with keys of its header replaced.
pub fn piece(keys: &str, body: &str) -> String {
    let mut blocks = blocks(GOOD);
    for (key, block) in self::blocks(keys) {
        blocks.retain(|(name, _)| *name != key);
        if block.trim() != format!("{key}: -") {
            blocks.push((key, block));
        }
    }
    let header: String = blocks.into_iter().map(|(_, block)| block).collect();
    format!("---\n{header}---\n{body}")
}

/// The top-level keys of a header, each with its lines.
pub fn blocks(header: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for line in header.lines() {
        let starts_key = line.starts_with(|c: char| c.is_alphabetic()) && line.contains(':');
        if let (true, Some((key, _))) = (starts_key, line.split_once(':')) {
            blocks.push((key.to_owned(), format!("{line}\n")));
        } else if let Some((_, block)) = blocks.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks
}

fn lines(texts: &'static [&'static str]) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('|')).map(|(label, rest)| (label.trim(), rest.split('|').map(str::trim).collect()))
}

/// Values of single fields, for one rule each: `== RULE` begins its lines, `+` is to be raised, `-` is not, and
/// `\n` stands for a line break.
fn field_cases() -> Vec<Labelled> {
    let mut rule = "";
    let mut cases = Vec::new();
    for line in FIELDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            assert!(registry::find(name).is_some(), "there is no rule `{name}`");
            rule = name;
            continue;
        }
        let (label, keys) = line.split_at(2);
        assert!(matches!(label, "+ " | "- "), "a case is labelled + or -: {line}");
        let expected = if label == "+ " { BTreeSet::from([rule.to_owned()]) } else { BTreeSet::new() };
        let files = files(&format!("{}\n", keys.replace("\\n", "\n")));
        cases.push(Labelled { name: keys.to_owned(), files, expected, only: Some(rule.to_owned()) });
    }
    cases
}

fn gate_cases() -> Vec<Labelled> {
    // The cells write invisible characters as `\u{200b}`, and YAML as `\u200b`.
    let quoted = |text: &str| {
        let plain = text.replace("\\u{ad}", "\u{ad}").replace("\\u{200b}", "\u{200b}").replace("\\u{3164}", "\u{3164}");
        format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
    };
    let slots = |names: &[&str], cells: &[&str]| {
        let slot = |(name, cell): (&&str, &&str)| (!cell.is_empty()).then(|| format!("{name}: {}", quoted(cell)));
        names.iter().zip(cells).filter_map(slot).collect::<Vec<String>>().join(", ")
    };
    let labelled = |row: &str, fails: bool, keys: String| Labelled {
        name: keys.trim().to_owned(),
        files: vec![("content/insights/a.md".to_owned(), piece(&keys, BODY))],
        expected: if fails { BTreeSet::from([row.to_owned()]) } else { BTreeSet::new() },
        only: Some(row.to_owned()),
    };
    let audiences = lines(&AUDIENCES).map(|(label, cells)| {
        let keys = format!("audience: {{ {} }}\n", slots(&["role", "at", "situation"], &cells));
        labelled(GATE_ROWS[0], label != "defined", keys)
    });
    let guidance = lines(&GUIDANCE).map(|(label, cells)| {
        let keys = match cells.as_slice() {
            [sentence] => format!("guidance: {}\n", quoted(sentence)),
            cells => format!("guidance:\n  - {{ {} }}\n", slots(&["do", "who", "by", "done_when"], cells)),
        };
        labelled(GATE_ROWS[1], !matches!(label, "concrete" | "counts"), keys)
    });
    audiences.chain(guidance).collect()
}

/// Each rule's own examples, for that rule alone.
fn examples() -> Vec<Labelled> {
    let mut cases = Vec::new();
    let checked = registry::RULES.iter().filter(|rule| rule.is_checked_here()).map(|rule| rule.doc());
    for doc in checked.chain(registry::SITE_RULES.iter().map(|rule| rule.doc())) {
        for (examples, is_bad) in [(doc.bad, true), (doc.good, false)] {
            for (idx, example) in examples.iter().enumerate() {
                let files = match example.fence {
                    "yaml" => vec![("content/insights/a.md".to_owned(), piece(example.text, BODY))],
                    "markdown" if !example.text.starts_with("---\n") && example.text.contains("\n---\n") => files(example.text),
                    "markdown" => files(&match example.text.strip_prefix("---\n") {
                        Some(text) => text.to_owned(),
                        None => format!("---\n{}", example.text),
                    }),
                    "text" => files(example.text),
                    _ => continue,
                };
                let expected = if is_bad { BTreeSet::from([doc.name.to_owned()]) } else { BTreeSet::new() };
                let name = format!("{} example {idx} of {}", if is_bad { "bad" } else { "good" }, doc.name);
                cases.push(Labelled { name, files, expected, only: Some(doc.name.to_owned()) });
            }
        }
    }
    cases
}

/// The rules that a case raises, and the rows for the gate that stand for several.
pub fn raised(case: &Labelled) -> BTreeSet<String> {
    let register = register();
    let documents: Vec<Arc<Document>> = case
        .files
        .iter()
        .map(|(path, text)| Arc::new(parse(&SourcePath::new(path).expect("cases name plain paths"), text.as_bytes())))
        .collect();
    let (notes, pieces): (Vec<Arc<Document>>, Vec<Arc<Document>>) =
        documents.into_iter().partition(|document| document.path.as_str().starts_with("data/"));
    let lang = |document: &Arc<Document>| document.front.lang.as_ref().map_or_else(|| register.lang.clone(), |field| field.value.clone());
    let langs: Vec<String> = pieces.iter().map(lang).collect();
    let members: Vec<Member<'_>> =
        pieces.iter().zip(&langs).map(|(document, lang)| Member { document, kind: Kind::Piece, state: state(document), lang }).collect();
    let mut findings = SiteJudge::default().judge(&members, &notes, (&register, Fingerprint::default()));
    for member in &members {
        let piece = Piece { document: member.document, kind: member.kind, state: member.state, lang: member.lang, register: &register };
        findings.extend(sowhat::editorial::judge(&piece));
    }
    let mut raised: BTreeSet<String> = findings.iter().map(|finding| finding.rule.to_owned()).collect();
    let gate = findings.iter().filter(|finding| finding.severity == Severity::Error).filter_map(|finding| registry::find(finding.rule));
    raised.extend(gate.filter_map(gate_row).map(str::to_owned));
    // The labelled cases of the other rules are not about the gate's rows.
    if case.only.is_none() {
        raised.retain(|rule| !GATE_ROWS.contains(&rule.as_str()));
        // The bodies of these cases are not about the brief of the good piece.
        let is_near = |rule: &str| case.name.ends_with(&format!("near: {rule}"));
        raised.retain(|rule| case.expected.contains(rule) || is_near(rule) || !OF_BRIEF_AND_BODY.contains(&rule.as_str()));
    }
    raised
}

fn state(document: &Document) -> State {
    if document.front.draft.as_ref().is_some_and(|draft| draft.value) { State::Draft } else { State::Live }
}

fn gate_row(doc: &RuleDoc) -> Option<&'static str> {
    match (doc.standing, doc.family) {
        (Standing::Gate, Family::Audience) => Some(GATE_ROWS[0]),
        (Standing::Gate, Family::Guidance) => Some(GATE_ROWS[1]),
        (_, _) => None,
    }
}

/// What is off by default is measured too.
fn switched_on(doc: &RuleDoc) -> RuleSetting {
    RuleSetting { rule: Spanned::new(doc.name.to_owned(), 0..0), level: Some(Spanned::new(Level::Warning, 0..0)), options: None }
}

fn register() -> Register {
    let slot = |text: &str| Some(Spanned::new(text.to_owned(), 40..50));
    let declared = |id: &str, slots: AudienceSlots| {
        (id.to_owned(), DeclaredAudience { id: Spanned::new(id.to_owned(), 10..22), title: None, slots, agreed: None })
    };
    let cfo = AudienceSlots {
        role: slot("CFO"),
        at: slot("mid-size professional-services firms"),
        situation: slot("renewing contracts while wages outrun fees"),
        challenges: Vec::new(),
    };
    Register {
        audiences: [declared("services-cfo", cfo)].into(),
        lang: "en-GB".to_owned(),
        outcomes: OUTCOMES.map(str::to_owned).to_vec(),
        people: ["jane-doe".to_owned(), "tom-lee".to_owned()].into(),
        experts: ["jane-doe".to_owned()].into(),
        brands: ["Northwind Advisory", "northwind.example", "TideMark", "Acme", "Acme Cloud", "acme.example"].map(str::to_owned).to_vec(),
        today: Date::parse("2026-11-20").expect("a date"),
        rules: RuleSettings {
            levels: registry::docs().filter(|doc| doc.level == Level::Off).map(switched_on).collect(),
            ..RuleSettings::default()
        },
        lexicons: Lexicons::default(),
        sign_offs: SignOffs::default(),
    }
}
