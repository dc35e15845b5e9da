//! What people record beside the text, as commands and scripts meet it: baselines, sign-offs, results,
//! ratings, and the report that is made of them.

use super::cli::{STARTER, Sandbox};
use std::fs;

#[test]
fn an_old_archive_adopts_the_rules_and_only_gets_better() {
    let sandbox = Sandbox::with_site();
    let old = "x/content/insights/old.md";
    fs::write(sandbox.path(old), "---\ntitle: Old\ndate: 2019-03-02\nauthors: [alex-morgan]\n---\n\nOnce upon a time.\n").unwrap();
    sandbox.run(&["-r", "x", "check"]).expect(1).says("audience-missing");
    sandbox.run(&["-r", "x", "check", "--baseline", "none.json"]).expect(2).says("there is no baseline `none.json`");
    let adopted = sandbox.run(&["-r", "x", "check", "--write-baseline", "old.json"]).expect(0);
    adopted.says("Wrote old.json").says("no findings in 2 pieces").says("excused by the baseline").says("of the gate excused");
    let written = sandbox.read("old.json");
    let with = ["-r", "x", "check", "--baseline", "old.json"];
    let excused = sandbox.run(&[&with[..], &["--format", "json"]].concat()).expect(0).json();
    assert!(excused["summary"]["excused"].as_u64() > Some(4), "{excused}");
    sandbox.run(&["-r", "x", "build", "--baseline", "old.json"]).expect(0);
    sandbox.run(&["-r", "x", "check", "--write-baseline", "old.json"]).expect(0);
    assert_eq!(sandbox.read("old.json"), written, "nothing was mended");
    // An edit brings the gate back, and the baseline does not take it in again.
    sandbox.edit(old, |text| format!("{text}\nAnd so on.\n"));
    sandbox.run(&with).expect(1).says("audience-missing").says("guidance-missing").says("entries of the baseline excuse nothing any more");
    sandbox.run(&["-r", "x", "build", "--baseline", "old.json"]).expect(1);
    sandbox.run(&["-r", "x", "check", "--write-baseline", "old.json"]).expect(1).says("went out");
    assert!(!sandbox.read("old.json").contains("audience-missing"));
    // A new piece is held to everything.
    sandbox.edit(STARTER, |text| text.replace("guidance:", "gidance:"));
    sandbox.run(&with).expect(1).says("guidance-missing").says("front-matter-unknown-key");
    fs::write(sandbox.path("old.json"), "{").unwrap();
    sandbox.run(&with).expect(2).says("`old.json` is not a baseline");
}
