//! The command as people and scripts meet it: arguments in; files, findings and exit codes out.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The day on which every test takes place: 22 November 2026.
const EPOCH: &str = "1795305600";

pub const STARTER: &str = "x/content/insights/decide-what-the-reader-will-do.md";

/// A temporary working directory to run the command in.
pub struct Sandbox {
    folder: TempDir,
}

/// What a run of the command came to.
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Both outputs, for messages of failed assertions and for searching.
    pub fn all(&self) -> String {
        format!("exit {:?}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr)
    }

    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.all());
        self
    }

    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.all().contains(words), "no {words:?} in\n{}", self.all());
        self
    }

    #[track_caller]
    pub fn lacks(self, words: &str) -> Self {
        assert!(!self.all().contains(words), "{words:?} in\n{}", self.all());
        self
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}", self.all()))
    }
}

impl Sandbox {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A sandbox with the starter site in `x`.
    pub fn with_site() -> Self {
        let sandbox = Self::new();
        sandbox.run(&["init", "x"]).expect(0);
        sandbox
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn edit(&self, path: &str, edit: impl FnOnce(&str) -> String) {
        let text = self.read(path);
        let edited = edit(&text);
        assert_ne!(text, edited, "the edit of {path} changed nothing");
        fs::write(self.path(path), edited).unwrap();
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sowhat"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null());
        command.env("SOURCE_DATE_EPOCH", EPOCH).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("RUST_BACKTRACE");
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        finish(self.command(args))
    }

    /// Every file below a folder with its bytes and the time it was last written.
    fn tree(&self, folder: &str) -> BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)> {
        let mut files = BTreeMap::new();
        collect(&self.path(folder), &mut files);
        files
    }
}

pub fn finish(mut command: Command) -> Ran {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, (Vec<u8>, std::time::SystemTime)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), (fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap()));
        }
    }
}

#[test]
fn a_new_site_builds_at_once_and_without_a_finding() {
    let sandbox = Sandbox::with_site();
    sandbox.run(&["-r", "x", "check"]).expect(0).says("no findings in 1 piece (all ungated)");
    let built = sandbox.run(&["-r", "x", "build"]).expect(0).says("Built ").says("into x/public/");
    assert!(!built.all().contains('\x1b'), "no colours and no counter in a pipe");
    assert!(sandbox.path("x/public/index.html").is_file());
    assert!(sandbox.read("x/public/insights/decide-what-the-reader-will-do/index.html").contains("<h1"));
    let before = sandbox.tree("x/public");
    sandbox.run(&["-r", "x", "-v", "build"]).expect(0).says("0 written");
    assert!(before == sandbox.tree("x/public"), "an unchanged site keeps its bytes and times");
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let sandbox = Sandbox::with_site();
    let ran = sandbox.run(&["-q", "-r", "x", "build"]).expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn init_overwrites_nothing() {
    let sandbox = Sandbox::with_site();
    let before = sandbox.tree("x");
    sandbox.run(&["init", "x"]).expect(2).says("`x/site.toml` is already there");
    fs::create_dir_all(sandbox.path("y/content")).unwrap();
    fs::write(sandbox.path("y/content/about.md"), "mine").unwrap();
    fs::write(sandbox.path("y/.gitignore"), "mine").unwrap();
    sandbox.run(&["init", "y"]).expect(2).says("about.md");
    assert!(!sandbox.path("y/site.toml").exists(), "nothing is written when something is in the way");
    fs::remove_file(sandbox.path("y/content/about.md")).unwrap();
    sandbox.run(&["init", "y"]).expect(0).says("left as it is");
    assert_eq!(sandbox.read("y/.gitignore"), "mine");
    assert!(before == sandbox.tree("x"));
}

#[test]
fn a_new_piece_fails_the_gate_until_its_brief_is_filled_in() {
    let sandbox = Sandbox::with_site();
    sandbox.run(&["-r", "x", "new", "insights/price-the-outcome"]).expect(0).says("price-the-outcome.md");
    let path = "x/content/insights/price-the-outcome.md";
    assert!(sandbox.read(path).contains("title: Price the outcome\n"));
    let closed = sandbox.run(&["-r", "x", "check"]).expect(1);
    for rule in ["audience-", "guidance-", "objective-missing", "so-what-missing"] {
        assert!(closed.stdout.contains(&format!("error[{rule}")), "{rule}\n{}", closed.all());
    }
    let starter = sandbox.read(STARTER);
    sandbox.edit(path, |brief| fill_in(brief, &starter));
    sandbox.run(&["-r", "x", "check", "--deny", "warnings"]).expect(0);
    sandbox.run(&["-r", "x", "new", "insights/price-the-outcome", "--bundle"]).expect(2).says("already there");
}

/// Writes what the starter piece says into the slots of a new brief.
fn fill_in(brief: &str, starter: &str) -> String {
    let block = |from: &str, to: &str| {
        let start = starter.find(from).unwrap();
        starter[start..start + starter[start..].find(to).unwrap()].to_owned()
    };
    let start = brief.find("audience:").unwrap();
    let end = brief.find("topics:").unwrap();
    // The starter's own text would be found again in the archive.
    let body = "A renewal that is quoted by the hour hands the next one to whoever quotes a result.";
    let front = brief.replace("description:\n", "description: A quote for an outcome beats a quote for hours.\n");
    let shift = front.len() - brief.len();
    let header = format!("{}{}{}", &front[..start + shift], block("audience:", "topics:"), &front[end + shift..]);
    format!("{header}\n{body}\n")
}

#[test]
fn new_takes_an_audience_and_refuses_what_it_cannot_place() {
    let sandbox = Sandbox::with_site();
    sandbox.run(&["-r", "x", "new", "insights/a", "--audience", "marketing-heads", "--bundle"]).expect(0);
    assert!(sandbox.read("x/content/insights/a/index.md").contains("\naudience: marketing-heads\n"));
    assert!(sandbox.read("x/content/insights/a/index.md").contains("\nauthors: [alex-morgan]\n"));
    sandbox.run(&["-r", "x", "new", "insights/b", "--audience", "marketing-head"]).expect(2).says("did you mean `marketing-heads`?");
    for path in ["../outside", "insights/../../outside", "/tmp/outside"] {
        sandbox.run(&["-r", "x", "new", path]).expect(2).says("content/");
    }
    assert!(!sandbox.path("x/content/insights/b.md").exists() && !sandbox.path("x/outside.md").exists());
}

#[test]
fn a_closed_gate_leaves_the_last_output_as_it_was() {
    let sandbox = Sandbox::with_site();
    sandbox.run(&["-r", "x", "build"]).expect(0);
    let before = sandbox.tree("x/public");
    let good = sandbox.read(STARTER);
    for (key, next, rule) in [("audience:", "objective:", "audience-missing"), ("guidance:", "topics:", "guidance-missing")] {
        sandbox.edit(STARTER, |_| {
            let (start, end) = (good.find(key).unwrap(), good.find(next).unwrap());
            format!("{}{}", &good[..start], &good[end..])
        });
        let closed = sandbox.run(&["-r", "x", "build"]).expect(1).says("nothing was written, and x/public/ stands as it was");
        assert!(closed.stdout.contains(&format!("error[{rule}]")), "{}", closed.all());
        assert!(closed.stdout.contains(" --> content/insights/decide-what-the-reader-will-do.md:1:1\n"), "{}", closed.all());
        assert!(before == sandbox.tree("x/public"));
    }
}

#[test]
fn every_format_prints_the_same_findings() {
    let sandbox = Sandbox::with_site();
    sandbox.edit(STARTER, |text| text.replace("audience: marketing-heads", "audience: marketing-head"));
    let check = |format: &str| sandbox.run(&["-r", "x", "check", "--format", format]).expect(1);
    let finding = check("json").json()["findings"][0].clone();
    assert_eq!(finding["rule"], "audience-undeclared");
    assert_eq!(finding["path"], "content/insights/decide-what-the-reader-will-do.md");
    assert_eq!((&finding["line"], &finding["column"], &finding["end_column"]), (&6.into(), &11.into(), &25.into()));
    assert!(finding["url"].as_str().unwrap().ends_with("#audience-undeclared"));
    let text = check("text");
    assert!(text.stdout.contains("6 | audience: marketing-head\n") && text.stdout.contains("^^^^^^^^^^^^^^"), "{}", text.all());
    assert!(text.stdout.contains("= why: sowhat explain audience-undeclared"), "{}", text.all());
    let place =
        "file=x/content/insights/decide-what-the-reader-will-do.md,line=6,col=11,endLine=6,endColumn=25,title=audience-undeclared::";
    assert!(check("github").stdout.starts_with(&format!("::error {place}")));
    let run = check("sarif").json()["runs"][0].clone();
    let result = &run["results"][0];
    let rule_idx = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][rule_idx]["id"], "audience-undeclared");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 6);
}

#[test]
fn warnings_close_the_gate_only_when_denied() {
    let sandbox = Sandbox::with_site();
    sandbox.edit(STARTER, |text| text.replace("topics:", "topisc:"));
    sandbox.run(&["-r", "x", "check"]).expect(0).says("1 warning in 1 piece");
    sandbox.run(&["-r", "x", "build", "--deny", "warnings"]).expect(1).says("1 warning closed the gate");
    assert!(!sandbox.path("x/public").exists());
}

#[test]
fn what_cannot_run_exits_2_and_says_what_to_do() {
    let sandbox = Sandbox::with_site();
    let check = |args: &[&str], words: &str| {
        sandbox.run(args).expect(2).says(words);
    };
    check(&["check"], "sowhat init");
    check(&["-r", "nowhere", "check"], "nowhere");
    check(&["-r", "x", "-c", "other.toml", "check"], "other.toml");
    check(&["-r", "x", "-c", "../x/site.toml", "check"], "not a file below");
    check(&["-r", "x", "check", "--base-url", "example.com"], "absolute URL");
    check(&["-r", "x", "check", "--now", "2026-02-30"], "no day 30");
    check(&["-r", "x", "check", "--format", "xml"], "sarif");
    check(&["-r", "x", "build", "-o", "x/content"], "x/content");
    check(&["frobnicate"], "unrecognized");
    check(&["explain", "audience-mising"], "did you mean `audience-missing`?");
    let mut odd_clock = sandbox.command(&["-r", "x", "check"]);
    odd_clock.env("SOURCE_DATE_EPOCH", "yesterday");
    finish(odd_clock).expect(2).says("SOURCE_DATE_EPOCH");
    sandbox.edit("x/site.toml", |text| text.replace("title = \"Northbank Insights\"", "titel = \"Northbank\""));
    let broken = sandbox.run(&["-r", "x", "build"]).expect(2).says("site.toml:2:1").says("did you mean `title`?");
    assert!(broken.stderr.contains("nothing was written"), "{}", broken.all());
    sandbox.run(&["-r", "x", "check", "--format", "json"]).expect(2).json();
    sandbox.run(&["-r", "x", "list"]).expect(2).says("site.toml:2:1");
}

#[test]
fn a_faulty_configuration_exits_2_with_the_findings_of_the_content() {
    for (line, rule) in [
        ("[rules]\nfoo-bar = \"off\"\n", "config-rule-unknown"),
        ("[rules]\naudience-missing = \"off\"\n", "config-rule-fixed"),
        ("[theme.light]\nnone = \"#fff\"\n", "theme-token-unknown"),
    ] {
        let sandbox = Sandbox::with_site();
        sandbox.edit("x/site.toml", |text| format!("{}\n{line}", text.replace("theme = \"insight\"\n", "")));
        sandbox.run(&["-r", "x", "check"]).expect(2).says(rule);
        sandbox.edit(STARTER, |text| text.replace("audience:", "audiance:"));
        sandbox.run(&["-r", "x", "build"]).expect(2).says(rule).says("audience-missing");
    }
}

#[test]
fn a_section_is_no_place_for_a_piece_of_its_name() {
    let sandbox = Sandbox::with_site();
    for args in [&["-r", "x", "new", "insights/"][..], &["-r", "x", "new", "content/insights"], &["-r", "x", "new", "--bundle", "insights"]]
    {
        sandbox.run(args).expect(2).says("a section of the site").says("sowhat new insights/price-the-outcome");
    }
}

#[test]
fn a_site_is_found_from_a_folder_inside_it() {
    let sandbox = Sandbox::with_site();
    let mut inside = sandbox.command(&["check"]);
    inside.current_dir(sandbox.path("x/content/insights"));
    finish(inside).expect(0);
}

#[test]
fn colours_obey_the_flag_and_the_environment() {
    let sandbox = Sandbox::with_site();
    sandbox.edit(STARTER, |text| text.replace("topics:", "topisc:"));
    let colored = |args: &[&str], no_color: bool| {
        let mut command = sandbox.command(args);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        finish(command).expect(0).stdout.contains('\x1b')
    };
    assert!(!colored(&["-r", "x", "check"], false), "not a terminal");
    assert!(colored(&["-r", "x", "--color", "always", "check"], false));
    assert!(colored(&["-r", "x", "--color", "always", "check"], true), "the flag is the later word");
    assert!(!colored(&["-r", "x", "--color", "never", "check"], false));
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let sandbox = Sandbox::new();
    for args in [&["explain"][..], &["explain", "--format", "markdown"], &["completions", "bash"], &["schema"], &["--help"]] {
        let mut child = sandbox.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn explain_lists_the_rules_and_explains_each() {
    let sandbox = Sandbox::new();
    sandbox.run(&["explain"]).expect(0).says("audience-missing").says("guidance-missing");
    sandbox.run(&["explain", "audience-missing"]).expect(0).says("audience:");
    sandbox.run(&["explain", "--format", "markdown"]).expect(0).says("### audience-missing {#audience-missing}");
    let section = sandbox.run(&["explain", "audience-missing", "--format", "markdown"]).expect(0);
    assert!(section.stdout.starts_with("### audience-missing {#audience-missing}\n"), "{}", section.all());
    assert_eq!(section.stdout.matches("### ").count(), 1, "{}", section.all());
}

#[test]
fn list_shows_the_pieces_by_state() {
    let sandbox = Sandbox::with_site();
    sandbox.run(&["-r", "x", "list"]).expect(0).says("live").says("Decide what the reader will do before you write");
    sandbox.run(&["-r", "x", "list", "drafts"]).expect(0).says("no drafts");
    sandbox.run(&["-r", "x", "list", "gated"]).expect(0).says("everything is ungated");
    sandbox.edit(STARTER, |text| text.replace("authors:", "review_by: 2026-12-01\npublish_on: 2026-12-24\nauthors:"));
    sandbox.run(&["-r", "x", "list", "scheduled"]).expect(0).says("scheduled for 2026-12-24");
    assert_eq!(sandbox.run(&["-r", "x", "list", "due", "--format", "json"]).expect(0).json(), Value::Array(Vec::new()));
    let due = sandbox.run(&["-r", "x", "list", "due", "--format", "json", "--now", "2026-12-01"]).expect(0).json();
    assert_eq!((&due[0]["review_by"], &due[0]["state"]), (&"2026-12-01".into(), &"scheduled".into()));
    assert_eq!(due[0]["audience"][0], "marketing-heads");
}

#[test]
fn schemas_name_every_key() {
    let sandbox = Sandbox::new();
    let front = sandbox.run(&["schema"]).expect(0).json();
    assert!(front["properties"]["guidance"]["description"].is_string());
    let site = sandbox.run(&["schema", "site"]).expect(0).json();
    assert!(site["properties"]["base_url"]["description"].is_string());
}
