//! Rules of a site in several languages, checked when it is assembled. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const TRANSLATION_BROKEN: RuleDoc = RuleDoc {
    name: "translation-broken",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "`translation_of` names a page of the site in another language",
    why: "Readers and search engines are led from one language to the other by it. A name that leads nowhere, or to a page in the same language, leads them astray.",
    bad: &[Example::markdown("---\ntitle: Le résultat d'abord\nlang: fr\ntranslation_of: outcomes-first.md\n---\nTexte.\n")],
    good: &[Example::markdown("---\ntitle: Le résultat d'abord\nlang: fr\ntranslation_of: outcome-first.md\n---\nTexte.\n")],
    mend: "Write the path of the other file from this one, or its site path, and say the language of each with `lang:` or in the file's name.",
};

pub const TRANSLATION_REPEATED: RuleDoc = RuleDoc {
    name: "translation-repeated",
    family: Family::Links,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A page is said in a language once",
    why: "Of two versions in one language only one can be offered to readers of another; the other is left out of the switch without a word.",
    bad: &[Example::markdown("---\ntitle: Le prix\nlang: fr\ntranslation_of: price.md\n---\n")],
    good: &[Example::markdown("---\ntitle: Le prix\nlang: fr\n---\n")],
    mend: "Keep one version, or take `translation_of` out of one of them.",
};

pub const LANGUAGE_UNDECLARED: RuleDoc = RuleDoc {
    name: "language-undeclared",
    family: Family::Links,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A language in the name of a file is one of the site's",
    why: "A file named `price.fr.md` belongs to the French edition once `[languages.fr]` is declared. Until then it is a page of its own beside the other, with the dot in its address.",
    bad: &[Example::toml("language = \"en\"\n")],
    good: &[Example::toml("language = \"en\"\n\n[languages.fr]\ntitle = \"Perspectives\"\n")],
    mend: "Declare the language in `site.toml`, or rename the file.",
};

pub const TRANSLATION_MISSING: RuleDoc = RuleDoc {
    name: "translation-missing",
    family: Family::Links,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "The theme's own words are there in every language of the site",
    why: "Where a language lacks a word, its readers see the English one in the middle of their page.",
    bad: &[Example::toml("skip = \"Vai al contenuto\"\n")],
    good: &[Example::toml("skip = \"Vai al contenuto\"\nmain_nav = \"Menu principale\"\n")],
    mend: "Add the key to the file that the finding names; `themes/insight/i18n/en.toml` has every key.",
};

pub const TRANSLATION_UNKNOWN: RuleDoc = RuleDoc {
    name: "translation-unknown",
    family: Family::Links,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Every key of `i18n/` is one that a template or a feed says",
    why: "A misspelt key changes nothing, without a word.",
    bad: &[Example::toml("whattodo = \"Your next steps\"\n")],
    good: &[Example::toml("what_to_do = \"Your next steps\"\n")],
    mend: "Correct the key as the finding suggests; a key of your own templates stands in `i18n/en.toml` as well.",
};
