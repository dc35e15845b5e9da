//! Rules of `site.toml`. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const CONFIG_SYNTAX: RuleDoc = RuleDoc {
    name: "config-syntax",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "`site.toml` is TOML",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("title = Northwind\n")],
    good: &[Example::toml("title = \"Northwind\"\n")],
    mend: "Mend the line that the finding points at.",
};

pub const CONFIG_DUPLICATE_KEY: RuleDoc = RuleDoc {
    name: "config-duplicate-key",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "No table holds one key twice",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("title = \"A\"\ntitle = \"B\"\n")],
    good: &[Example::toml("title = \"A\"\n")],
    mend: "Take one of the two out.",
};

pub const CONFIG_WRONG_TYPE: RuleDoc = RuleDoc {
    name: "config-wrong-type",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every setting has the kind that its key takes",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("paginate_by = \"ten\"\n")],
    good: &[Example::toml("paginate_by = 10\n")],
    mend: "Write the value in the form that the finding names.",
};

pub const CONFIG_UNKNOWN_KEY: RuleDoc = RuleDoc {
    name: "config-unknown-key",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every key of `site.toml` means something",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("titel = \"Northwind\"\n")],
    good: &[Example::toml("title = \"Northwind\"\n\n[extra]\nslogan = \"So what?\"\n")],
    mend: "Correct the key as the finding suggests, or put values of your own under `[extra]`.",
};

pub const CONFIG_BAD_DATE: RuleDoc = RuleDoc {
    name: "config-bad-date",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every date of `site.toml` exists",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("founded = 2026-02-30\n")],
    good: &[Example::toml("founded = 2026-02-28\n")],
    mend: "Write a date that exists.",
};

pub const CONFIG_BAD_VALUE: RuleDoc = RuleDoc {
    name: "config-bad-value",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every setting can be used",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("base_url = \"example.com\"\n")],
    good: &[Example::toml("base_url = \"https://example.com/\"\n")],
    mend: "Write the value as the finding says.",
};

pub const CONFIG_MISSING_KEY: RuleDoc = RuleDoc {
    name: "config-missing-key",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "The settings that every site needs are there",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("title = \"Northwind\"\n")],
    good: &[Example::toml("title = \"Northwind\"\nbase_url = \"https://example.com/\"\n")],
    mend: "Add the key that the finding names.",
};

pub const CONFIG_THEME_MISSING: RuleDoc = RuleDoc {
    name: "config-theme-missing",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "The theme that the site names is there",
    why: "There is no half-read configuration: a wrong `site.toml` stops the run, with every mistake in it named at its place.",
    bad: &[Example::toml("theme = \"insigth\"\n")],
    good: &[Example::toml("theme = \"insight\"\n")],
    mend: "Correct the name, or put the theme into `themes/NAME/`.",
};

pub const CONFIG_RULE_UNKNOWN: RuleDoc = RuleDoc {
    name: "config-rule-unknown",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "`[rules]` sets rules that exist",
    why: "A mistyped rule is a setting that does nothing.",
    bad: &[Example::toml("[rules]\ndescription-mising = \"off\"\n")],
    good: &[Example::toml("[rules]\ndescription-missing = \"off\"\n")],
    mend: "Correct the name as the finding suggests; `sowhat explain` lists them all.",
};

pub const CONFIG_RULE_FIXED: RuleDoc = RuleDoc {
    name: "config-rule-fixed",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "`[rules]` lowers no rule of the gate",
    why: "A gate that each site can lower says nothing about the sites that kept it. Source Global Research finds fewer than one piece in ten worth 12 of its 20 points; the gate asks for the least of what those have.",
    bad: &[Example::toml("[rules]\naudience-missing = \"warning\"\n")],
    good: &[Example::toml("[rules]\naudience-missing = \"error\"\n")],
    mend: "Take the line out and mend what the rule finds.",
};

pub const CONFIG_OPTION_UNKNOWN: RuleDoc = RuleDoc {
    name: "config-option-unknown",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "`[rules.NAME]` sets options that the rule has",
    why: "A mistyped option is a setting that does nothing.",
    bad: &[Example::toml("[rules.guidance-too-few]\nminimum = 2\n")],
    good: &[Example::toml("[rules.guidance-too-few]\nmin = 2\n")],
    mend: "Correct the name as the finding suggests; `sowhat explain NAME` lists a rule's options.",
};

pub const CONFIG_LEXICON_UNKNOWN: RuleDoc = RuleDoc {
    name: "config-lexicon-unknown",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "`[lexicon.LANG]` extends a word list that exists, and overrules none that the gate reads",
    why: "A list that no rule reads changes nothing. And a gate that a word list can open says nothing: words may be added that the lists do not know; what the gate turns away stays away.",
    bad: &[
        Example::toml("[lexicon.en]\nartifacts = [\"tender pack\"]\n"),
        Example::toml("[lexicon.en]\naudience-generic = [\"-leaders\"]\n"),
        Example::toml("[lexicon.en]\nartefacts = [\"best practice\"]\n"),
    ],
    good: &[Example::toml("[lexicon.en]\nartefacts = [\"tender pack\", \"kill sheet\"]\n")],
    mend: "Correct the name as the finding suggests, or take the word out.",
};
