//! The baseline: findings of an old archive that are excused for as long as their texts stand.
//!
//! A site with a long archive adopts the rules by writing its findings down once. From then on only new
//! findings count, and the baseline shrinks as old ones are mended; it never grows. An entry knows its
//! finding by rule, file and the words found fault with, not by line, so text may move. Findings of the
//! gate are excused only while the file is, letter for letter, the one that was written down.

use super::registry;
use super::rule::{Family, Standing};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::sources::Sources;
use crate::world::snapshot::is_page;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Raised when the form of the file changes.
const VERSION: u64 = 1;
/// Letters of the words found fault with that are written down for people to read.
const MAX_ABOUT: usize = 72;
/// Rules that are never excused: what they find would be published.
const NEVER: &[&str] = &["gate-body-leak", "gate-abstract-leaks"];

/// Findings that are excused, by the file that they stand in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    by_path: BTreeMap<String, Excused>,
}

/// What is excused in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Excused {
    /// The hash of the file's text when it was written down.
    text: String,
    findings: BTreeMap<Identity, Excuse>,
}

/// What makes a finding the same one although lines have moved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    rule: String,
    /// The hash of the words found fault with, or of the message where there are none.
    words: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Excuse {
    /// How often it stands in the file.
    count: u64,
    /// The words, for people.
    about: String,
}

/// Findings after a baseline has been held against them.
#[derive(Debug, Default)]
pub struct Judged {
    /// What is left: these count.
    pub findings: Vec<Diagnostic>,
    /// What was excused.
    pub excused: Vec<Diagnostic>,
    /// How many of those are of the gate, in files that have not been touched since.
    pub excused_gate: usize,
    /// Entries that excuse nothing any more: what they stood for is mended, or its file was edited.
    pub stale: usize,
    /// The baseline without them.
    pub shrunk: Baseline,
}

impl Baseline {
    /// Writes down all findings that can be excused.
    pub fn of(findings: &[Diagnostic], sources: &Sources) -> Self {
        let mut baseline = Self::default();
        for finding in findings {
            if let Some(known) = Known::of(finding, sources) {
                baseline.add(&known);
            }
        }
        baseline
    }

    /// Holds the findings of a run against the baseline.
    pub fn judge(&self, findings: Vec<Diagnostic>, sources: &Sources) -> Judged {
        let mut judged = Judged::default();
        for finding in findings {
            let known = Known::of(&finding, sources).filter(|known| self.excuses(known, &judged.shrunk));
            match known {
                None => judged.findings.push(finding),
                Some(known) => {
                    judged.excused.push(finding);
                    judged.excused_gate += usize::from(known.is_firm);
                    judged.shrunk.add(&known);
                }
            }
        }
        // A file keeps the text that it was first written down with: a later edit stays an edit.
        for (path, excused) in &mut judged.shrunk.by_path {
            excused.text.clone_from(&self.by_path[path].text);
        }
        judged.stale = self.len() - judged.shrunk.len();
        judged
    }

    /// How many findings it excuses.
    pub fn len(&self) -> usize {
        let counts = self.by_path.values().flat_map(|excused| excused.findings.values()).map(|excuse| excuse.count);
        usize::try_from(counts.sum::<u64>()).unwrap_or(usize::MAX)
    }

    /// True when it excuses nothing.
    pub fn is_empty(&self) -> bool {
        self.by_path.is_empty()
    }

    /// In how many files it excuses something.
    pub fn n_files(&self) -> usize {
        self.by_path.len()
    }

    /// Reads a baseline; the error says what is wrong with the file.
    pub fn parse(text: &str) -> Result<Self, String> {
        let root: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| format!("it is not JSON: {error}"))?;
        match root.get("version").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(version) => return Err(format!("it has version {version}, and this Sowhat reads version {VERSION}")),
            None => return Err("it has no `version`, so it is not a baseline".to_owned()),
        }
        let files = root.get("files").and_then(Value::as_object).ok_or("it has no `files`")?;
        let mut baseline = Self::default();
        for (path, file) in files {
            let excused = Excused::parse(file).ok_or_else(|| format!("the entry of `{path}` cannot be read"))?;
            baseline.by_path.insert(path.clone(), excused);
        }
        Ok(baseline)
    }

    fn add(&mut self, known: &Known) {
        let excused = self.by_path.entry(known.path.clone()).or_default();
        excused.text.clone_from(&known.text);
        let excuse = excused.findings.entry(known.identity.clone()).or_insert_with(|| Excuse { count: 0, about: known.about.clone() });
        excuse.count += 1;
    }

    /// Whether a finding is excused, when those of `used` have been already.
    fn excuses(&self, known: &Known, used: &Self) -> bool {
        let Some(excused) = self.by_path.get(&known.path) else { return false };
        let count = |baseline: &Self| {
            let excused = baseline.by_path.get(&known.path);
            excused.and_then(|excused| excused.findings.get(&known.identity)).map_or(0, |excuse| excuse.count)
        };
        count(self) > count(used) && (!known.is_firm || excused.text == known.text)
    }
}

/// The file as it is written: one finding a line, sorted, so that a change of it can be read.
impl std::fmt::Display for Baseline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{{\n\"version\": {VERSION},\n\"files\": {{")?;
        for (idx, (path, excused)) in self.by_path.iter().enumerate() {
            let comma = if idx == 0 { "" } else { "," };
            write!(f, "{comma}\n{}: {{\"text\": {}, \"findings\": [", json!(path), json!(excused.text))?;
            for (idx, (identity, excuse)) in excused.findings.iter().enumerate() {
                let comma = if idx == 0 { "" } else { "," };
                let entry = json!({"rule": identity.rule, "count": excuse.count, "words": identity.words, "about": excuse.about});
                write!(f, "{comma}\n  {entry}")?;
            }
            f.write_str("\n]}")?;
        }
        f.write_str("\n}\n}\n")
    }
}

impl Excused {
    fn parse(file: &Value) -> Option<Self> {
        let mut excused = Self { text: file.get("text")?.as_str()?.to_owned(), findings: BTreeMap::new() };
        for entry in file.get("findings")?.as_array()? {
            let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
            let identity = Identity { rule: text("rule")?, words: text("words")? };
            let count = entry.get("count").map_or(Some(1), Value::as_u64)?;
            excused.findings.insert(identity, Excuse { count, about: text("about").unwrap_or_default() });
        }
        Some(excused)
    }
}

/// A finding as a baseline knows it.
struct Known {
    path: String,
    identity: Identity,
    about: String,
    /// The hash of its file's text.
    text: String,
    /// True for what the site cannot lower: it is excused only in a file that stands as it was.
    is_firm: bool,
}

impl Known {
    /// `None` for a finding that no baseline excuses: in no piece, or of the files to be published.
    fn of(finding: &Diagnostic, sources: &Sources) -> Option<Self> {
        let doc = registry::find(finding.rule)?;
        let is_of_the_output = matches!(doc.family, Family::Outputs | Family::Configuration | Family::Internal);
        let path = &finding.place.path;
        if is_of_the_output || NEVER.contains(&doc.name) || !is_page(path) {
            return None;
        }
        let text = sources.get(path)?.text();
        let words = text.get(finding.place.start..finding.place.end).map(one_line).unwrap_or_default();
        let says_something = words.chars().any(char::is_alphanumeric);
        let about = if says_something { words } else { finding.message.to_string() };
        Some(Self {
            path: path.as_str().to_owned(),
            identity: Identity { rule: doc.name.to_owned(), words: Fingerprint::of(about.as_bytes()).short() },
            about: shortened(&about),
            text: text_hash(text),
            is_firm: match doc.standing {
                Standing::Gate | Standing::Fixed => true,
                Standing::Basic | Standing::Editorial => false,
            },
        })
    }
}

/// The hash of a text without regard to its line ends and a byte-order mark.
fn text_hash(text: &str) -> String {
    Fingerprint::of(text.trim_start_matches('\u{feff}').replace("\r\n", "\n").as_bytes()).to_string()
}

/// A text with every run of white space as one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let gap = if line.is_empty() { "" } else { " " };
        // Writing to a string does not fail.
        let _ = write!(line, "{gap}{word}");
    }
    line
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_ABOUT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;
    use super::super::{apply_settings, judge};
    use super::*;
    use crate::config::RuleSettings;

    const OLD: &str = "---\ntitle: T\ndate: 2026-11-02\nallow: { so-what-missing: \"\" }\n---\n\nBody.\n";

    /// The findings of a file, with its text.
    fn found(text: &str) -> (Vec<Diagnostic>, Sources) {
        let fixture = Fixture::default();
        let document = fixture.file(text);
        let mut findings = document.findings.clone();
        findings.extend(judge(&fixture.piece(&document)));
        let mut findings = apply_settings(findings, &RuleSettings::default(), &document);
        crate::base::diagnostic::sort(&mut findings);
        let sources = [(document.path.clone(), document.text.clone())].into_iter().collect();
        (findings, sources)
    }

    fn baseline() -> Baseline {
        let (findings, sources) = found(OLD);
        let baseline = Baseline::of(&findings, &sources);
        assert_eq!(baseline.len(), findings.len());
        baseline
    }

    /// What still counts in a text after the baseline of `OLD`, and how many entries are stale.
    fn check(text: &str, left: &[&str], stale: usize) {
        let (findings, sources) = found(text);
        let judged = baseline().judge(findings, &sources);
        let rules: Vec<&str> = judged.findings.iter().map(|finding| finding.rule).collect();
        assert_eq!((rules.as_slice(), judged.stale), (left, stale), "{text}");
        assert_eq!(judged.shrunk.len() + judged.stale, baseline().len());
    }

    #[test]
    fn an_old_text_is_excused_and_an_edited_one_is_held_to_the_gate() {
        check(OLD, &[], 0);
        check(&OLD.replace('\n', "\r\n"), &[], 0);
        check(&format!("\u{feff}{OLD}"), &[], 0);
        // An edit anywhere: the findings of the gate count again, the others are still excused.
        check(&OLD.replace("Body.", "Body, edited."), &["audience-missing", "guidance-missing"], 2);
        check(&OLD.replace("Body.", "\n\n\nBody."), &["audience-missing", "guidance-missing"], 2);
        // What is mended leaves a stale entry; a new fault counts.
        check(&OLD.replace("title: T\n", "title: T\ndescription: What to do.\n"), &["audience-missing", "guidance-missing"], 3);
        let dated = OLD.replace("date: 2026-11-02\n", "");
        check(&dated, &["audience-missing", "date-missing", "guidance-missing"], 2);
    }

    #[test]
    fn a_baseline_is_read_as_it_was_written_and_only_shrinks() {
        let baseline = baseline();
        let text = baseline.to_string();
        assert_eq!(Baseline::parse(&text), Ok(baseline.clone()), "{text}");
        assert_eq!(text.lines().filter(|line| line.contains("\"rule\"")).count(), baseline.len());
        let edited = OLD.replace("Body.", "Edited.");
        let (findings, sources) = found(&edited);
        let shrunk = baseline.judge(findings, &sources).shrunk;
        let (findings, sources) = found(&edited);
        let again = shrunk.judge(findings, &sources);
        assert_eq!((again.stale, again.shrunk), (0, shrunk));
    }

    #[test]
    fn what_is_no_baseline_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "not JSON"),
            ("{}", "no `version`"),
            ("{\"version\": 2}", "version 2"),
            ("{\"version\": 1}", "no `files`"),
            ("{\"version\": 1, \"files\": {\"a.md\": 3}}", "`a.md`"),
        ] {
            let error = Baseline::parse(text).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
        assert!(Baseline::parse(&Baseline::default().to_string()).unwrap().is_empty());
    }
}
