//! `[lexicon.LANG]`: what a site adds to the word lists or takes out of them, within what the gate allows.

use super::{ENGLISH, LISTS, Lexicon, for_language, is_english};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::suggest::did_you_mean;
use crate::config::audience::Slot;
use crate::config::{LexiconExtension, RuleSettings};
use crate::editorial::docs::configuration::CONFIG_LEXICON_UNKNOWN;
use crate::editorial::prose::Prose;
use std::fmt;
use std::sync::Arc;

/// Lists by which the gate lets something pass: a word that another list turns away cannot be added.
const ADMITTING: &[&str] =
    &["artefacts", "audience-weak", "compound-terms", "number-words", "roles", "soft-pins", "thresholds", "time-words", "verbs"];

/// Lists by which the gate turns something away: nothing can be taken out of them.
const REFUSING: &[&str] = &[
    "approaches",
    "audience-generic",
    "audience-generic-verbs",
    "bare-contacts",
    "campaign-goals",
    "campaign-jargon",
    "channels",
    "colleague-notes",
    "everyday-verbs",
    "everyday-words",
    "figures-of-speech",
    "function-words",
    "noun-starts",
    "offers",
    "own-artefacts",
    "placeholder-heads",
    "placeholders",
    "platitude-words",
    "praised-offers",
    "question-starts",
    "reserved-offers",
    "sales-phrases",
    "sales-verbs",
    "seller-openings",
    "seller-people",
    "seller-praise",
    "settling-verbs",
    "short-calls",
    "vague-owners",
    "vague-results",
    "vague-times",
    "verbs-abstract",
    "verbs-platitude",
    "weak-objects",
];

/// The word lists of a site: those that ship, with what it adds.
#[derive(Clone, Default)]
pub struct Lexicons {
    english: Option<Arc<Lexicon>>,
    /// What made them, for the key of a cache.
    extended_by: String,
}

impl fmt::Debug for Lexicons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lexicons").field(&self.extended_by).finish()
    }
}

impl Lexicons {
    /// The lists as a site's settings make them; entries that [`check`] reports change nothing.
    pub fn of(settings: &RuleSettings) -> Self {
        let entries: Vec<(String, &str)> =
            english(settings).flat_map(entries).filter(|(list, entry)| fault(list, entry).is_none()).collect();
        if entries.is_empty() {
            return Self::default();
        }
        let revise = |name: &str, text: &'static str| {
            let of_list = || entries.iter().filter(|(list, _)| list == name).map(|(_, entry)| *entry);
            let cut: Vec<&str> = of_list().filter_map(|entry| entry.strip_prefix('-')).collect();
            let added: Vec<&str> = of_list().filter(|entry| !entry.starts_with('-')).collect();
            let kept = text
                .lines()
                .filter(|line| !cut.iter().any(|cut| cut.eq_ignore_ascii_case(line.split('#').next().unwrap_or_default().trim())));
            kept.chain(added).collect::<Vec<&str>>().join("\n")
        };
        Self { english: Some(Arc::new(Lexicon::english(revise))), extended_by: format!("{entries:?}") }
    }

    /// The lists of a language, or `None` when it has none and the rules must abstain.
    pub fn of_language(&self, tag: &str) -> Option<&Lexicon> {
        match &self.english {
            Some(english) if is_english(tag) => Some(english),
            Some(_) | None => for_language(tag),
        }
    }
}

/// What `[lexicon.*]` extends that does not exist, or changes that the gate reads.
pub fn check(settings: &RuleSettings, config_path: &SourcePath) -> Vec<Diagnostic> {
    let error = |slot: &Slot, message: String| CONFIG_LEXICON_UNKNOWN.error(Place::new(config_path, slot.range.clone()), message);
    let mut findings = Vec::new();
    for extension in &settings.lexicon {
        let lang = extension.lang.value.as_str();
        if !is_english(lang) {
            let help = "only English (`en`) has lists; pieces in other languages are held to structure and an editor's sign-off";
            findings.push(error(&extension.lang, format!("there are no word lists for `{lang}`")).help(help));
            continue;
        }
        for (list, written) in &extension.lists {
            let name = list_name(list);
            if !LISTS.contains(&name.as_str()) {
                let help = did_you_mean(&name, LISTS.iter().copied()).unwrap_or_else(|| format!("the lists are {}", LISTS.join(", ")));
                findings.push(error(list, format!("there is no word list `{}`", list.value)).help(help));
                continue;
            }
            findings.extend(written.iter().filter_map(|slot| Some(error(slot, fault(&name, slot.value.trim())?))));
        }
    }
    findings
}

/// What is wrong with an entry for a list that exists.
fn fault(list: &str, entry: &str) -> Option<String> {
    let words = Prose::new(entry.strip_prefix('-').unwrap_or(entry)).words;
    if words.is_empty() {
        return Some("this entry holds no word".to_owned());
    }
    if entry.starts_with('-') {
        let gate_reads_it = ADMITTING.contains(&list) || REFUSING.contains(&list);
        return gate_reads_it.then(|| format!("the gate reads the list `{list}`: nothing can be taken out of it"));
    }
    if !ADMITTING.contains(&list) {
        return None;
    }
    let refused_by = |name: &&&str| ENGLISH.list(name).is_some_and(|list| list.covers(&words, 0) == words.len());
    let refusing = REFUSING.iter().find(refused_by)?;
    Some(format!("`{entry}` is in the list `{refusing}`, by which the gate turns it away: `{list}` cannot let it in"))
}

fn english(settings: &RuleSettings) -> impl Iterator<Item = &LexiconExtension> {
    settings.lexicon.iter().filter(|extension| is_english(&extension.lang.value))
}

fn entries(extension: &LexiconExtension) -> impl Iterator<Item = (String, &str)> {
    let known = extension.lists.iter().filter(|(list, _)| LISTS.contains(&list_name(list).as_str()));
    known.flat_map(|(list, written)| written.iter().map(|slot| (list_name(list), slot.value.trim())))
}

/// Lists are named as their files; underscores are taken for hyphens.
fn list_name(list: &Slot) -> String {
    list.value.replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn settings(lexicon: &str) -> RuleSettings {
        let text = format!("title = 'T'\nbase_url = 'https://example.com/'\n{lexicon}");
        config::read(&SourcePath::new("site.toml").unwrap(), &text).unwrap().rules
    }

    fn check(lexicon: &str, expected: &[&str]) {
        let found = super::check(&settings(lexicon), &SourcePath::new("site.toml").unwrap());
        let shown: Vec<&str> = found.iter().map(|finding| &*finding.message).collect();
        assert_eq!(shown, expected, "{lexicon}");
    }

    #[test]
    fn every_list_can_be_extended_and_is_named_as_its_file() {
        for list in LISTS {
            let settings = settings(&format!("[lexicon.en]\n{list} = ['zzyzx']\n"));
            let lexicons = Lexicons::of(&settings);
            assert!(lexicons.of_language("en-GB").unwrap().list(list).unwrap().has("zzyzx"), "{list}");
            assert!(lexicons.of_language("de").is_none());
            assert!(!for_language("en").unwrap().list(list).unwrap().has("zzyzx"));
        }
        for list in ADMITTING.iter().chain(REFUSING) {
            assert!(LISTS.contains(list), "{list}");
        }
    }

    #[test]
    fn the_gate_cannot_be_opened_by_a_list() {
        check("[lexicon.en]\nartefacts = ['kill sheet', 'tender pack']\n", &[]);
        check("[lexicon.en]\nartifacts = 'kill sheet'\n", &["there is no word list `artifacts`"]);
        check("[lexicon.de]\nroles = 'Prokurist'\n", &["there are no word lists for `de`"]);
        check(
            "[lexicon.en]\naudience_generic = ['-leader']\n",
            &["the gate reads the list `audience-generic`: nothing can be taken out of it"],
        );
        check("[lexicon.en]\nroles = ['', '—']\n", &["this entry holds no word", "this entry holds no word"]);
        let found = super::check(&settings("[lexicon.en]\naudience-weak = ['leaders']\n"), &SourcePath::new("site.toml").unwrap());
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
