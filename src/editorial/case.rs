//! One page before the rules: what they may see, and what several of them want to know, judged once.

use super::audience::{Definition, define};
use super::body::{Body, place};
use super::guidance::{Context, Pin, Verdict, judge, slot_pins};
use super::lexicon::Lexicon;
use super::options::RuleOption;
use super::placeholder::{Filling, filling};
use super::prose::Stems;
use super::reading::{Reading, Readings};
use super::words::Words;
use super::{Piece, Register, RuleDoc};
use crate::base::diagnostic::{Place, Severity};
use crate::base::spanned::Field;
use crate::config::audience::{AudienceSlots, Slot};
use crate::config::sign_off::Capacity;
use crate::parse::Document;
use crate::parse::front_matter::{AudienceEntry, FrontMatter, GuidanceItem};
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

/// A page before the rules.
#[derive(Debug)]
pub struct Case<'a> {
    /// What the pipeline hands over.
    pub piece: &'a Piece<'a>,
    /// The word lists of the piece's language, if it has any.
    pub lexicon: Option<&'a Lexicon>,
    readings: Readings,
    definitions: OnceCell<Vec<Option<Definition>>>,
    verdicts: OnceCell<Vec<Verdict>>,
    body_stems: OnceCell<Stems>,
    words: OnceCell<Words>,
    body: OnceCell<Body>,
}

impl<'a> Case<'a> {
    /// Puts a page before the rules.
    pub fn new(piece: &'a Piece<'a>) -> Self {
        let lexicon = piece.register.lexicons.of_language(piece.lang);
        Self {
            piece,
            lexicon,
            readings: Readings::default(),
            definitions: OnceCell::new(),
            verdicts: OnceCell::new(),
            body_stems: OnceCell::new(),
            words: OnceCell::new(),
            body: OnceCell::new(),
        }
    }

    /// The page's file.
    pub fn document(&self) -> &'a Document {
        self.piece.document
    }

    /// The page's header.
    pub fn front(&self) -> &'a FrontMatter {
        &self.piece.document.front
    }

    /// What is declared site-wide.
    pub fn register(&self) -> &'a Register {
        self.piece.register
    }

    /// What the site has set of a rule: a count.
    pub fn count(&self, doc: &RuleDoc, option: &RuleOption) -> usize {
        option.read_count(&self.register().rules, doc.name)
    }

    /// What the site has set of a rule: a share.
    pub fn share(&self, doc: &RuleDoc, option: &RuleOption) -> f64 {
        option.read_share(&self.register().rules, doc.name)
    }

    /// What the site has set of a rule: on or off.
    pub fn flag(&self, doc: &RuleDoc, option: &RuleOption) -> bool {
        option.read_flag(&self.register().rules, doc.name)
    }

    /// A place in the page's file.
    pub fn place(&self, range: Range<usize>) -> Place {
        Place::new(&self.piece.document.path, range)
    }

    /// Where to point when a key says nothing: the key, or the opening fence when it is not there;
    /// `None` when the key is there and the reader has found its value wrong already.
    pub fn place_of_missing(&self, key: &str) -> Option<Place> {
        let Some(slot) = self.front().key(key) else { return Some(self.place(self.front().fence.clone())) };
        if self.is_found_wrong(slot) {
            return None;
        }
        Some(self.place(slot.range.clone()))
    }

    /// The place of a missing value: `None` when it is there, or has been found wrong already.
    pub fn place_of_blank(&self, key: &str, field: Option<&Field<String>>) -> Option<Place> {
        match field {
            None => self.place_of_missing(key),
            Some(field) => (self.filling(&field.value) != Filling::Text).then(|| self.place(field.place())),
        }
    }

    /// The same for a name or a description, in which words such as "Draft" or "Nothing" are answers.
    pub fn place_of_unnamed(&self, key: &str, field: Option<&Field<String>>) -> Option<Place> {
        match field {
            None => self.place_of_missing(key),
            Some(field) => (filling(&self.read(&field.value).prose, None) != Filling::Text).then(|| self.place(field.place())),
        }
    }

    /// What to say of a value that says nothing, and how to mend it: it is not there, or it only marks a place.
    pub fn why_blank(&self, field: Option<&Field<String>>, missing: &str, help: &'static str) -> (String, &'static str) {
        match field.filter(|field| self.filling(&field.value) == Filling::Placeholder) {
            Some(field) => {
                let message = format!("{missing}: `{}` is a placeholder, or holds one", field.value.trim());
                (
                    message,
                    "write there what readers are to see; words between `<` and `>`, or `[` and `]`, are taken for a place to fill in",
                )
            }
            None => (missing.to_owned(), help),
        }
    }

    /// A written value as the rules read it, in the piece's language.
    pub fn read(&self, text: &str) -> Rc<Reading> {
        self.readings.read(text)
    }

    /// What a written value amounts to, in the piece's language.
    pub fn filling(&self, text: &str) -> Filling {
        self.read(text).filling(self.lexicon)
    }

    /// True when a value is a note to a colleague instead of an answer, in the piece's language.
    pub fn is_note_among_colleagues(&self, text: &str) -> bool {
        self.lexicon.is_some_and(|lexicon| self.read(text).is_note_among_colleagues(lexicon))
    }

    /// True when the slot is there and says something.
    pub fn says_something(&self, slot: Option<&Slot>) -> bool {
        slot.is_some_and(|slot| {
            let reading = self.read(&slot.value);
            let is_note = || self.lexicon.is_some_and(|lexicon| reading.is_note_among_colleagues(lexicon));
            reading.filling(self.lexicon) == Filling::Text && !is_note()
        })
    }

    /// Whether reading the file has found something wrong between this key and the next.
    fn is_found_wrong(&self, key: &Slot) -> bool {
        let end = self.front().keys.iter().map(|other| other.range.start).filter(|start| *start > key.range.start).min();
        let extent = key.range.start..end.unwrap_or(self.document().body.start.max(key.range.end));
        self.is_reported(&extent)
    }

    /// Whether reading the file has found something wrong inside these bytes that has to be mended anyway: a warning
    /// excuses nothing, since it closes no gate.
    pub fn is_reported(&self, range: &Range<usize>) -> bool {
        let starts_inside = |start: usize| range.start <= start && start < range.end.max(range.start + 1);
        let findings = &self.document().findings;
        findings.iter().any(|finding| finding.severity == Severity::Error && starts_inside(finding.place.start))
    }

    /// The words of the body as written.
    pub fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self.document()))
    }

    /// The body as rules with word lists read it; `None` in a language that has none.
    pub fn body(&self) -> Option<&Body> {
        let lexicon = self.lexicon?;
        Some(self.body.get_or_init(|| Body::new(self.document(), self.words(), &lexicon.finder)))
    }

    /// The place of a stretch of the body's text.
    pub fn place_in(&self, body: &Body, range: &Range<usize>) -> Place {
        self.place(place::in_file(self.document(), body, range))
    }

    /// The entries of `audience:`.
    pub fn audience(&self) -> &'a [AudienceEntry] {
        self.front().audience.as_ref().map_or(&[], |field| &field.value)
    }

    /// The definition of each inline entry of `audience:`; `None` for an id or an entry of another kind.
    pub fn definitions(&self) -> impl Iterator<Item = (&'a AudienceEntry, Option<&Definition>)> {
        let definitions = self.definitions.get_or_init(|| {
            let definition = |entry: &AudienceEntry| match entry {
                AudienceEntry::Inline(slots) => Some(define(&slots.value, self.lexicon)),
                AudienceEntry::Id(_) | AudienceEntry::Other(_) => None,
            };
            self.audience().iter().map(definition).collect()
        });
        self.audience().iter().zip(definitions.iter().map(Option::as_ref))
    }

    /// The items of `guidance:`.
    pub fn guidance(&self) -> &'a [GuidanceItem] {
        self.front().guidance.as_ref().map_or(&[], |field| &field.value)
    }

    /// The verdict on each item of `guidance:`.
    pub fn verdicts(&self) -> impl Iterator<Item = (&'a GuidanceItem, &Verdict)> {
        let verdicts = self.verdicts.get_or_init(|| {
            let roles = self.audience_roles();
            self.guidance().iter().map(|item| judge(item, self.context(&roles))).collect()
        });
        self.guidance().iter().zip(verdicts.iter())
    }

    /// True when at least one item of guidance is concrete, so that the others only warn.
    pub fn guides(&self) -> bool {
        self.verdicts().any(|(_, verdict)| verdict.counts())
    }

    /// The slots of each audience: those declared and named here, and those described here.
    pub fn audience_slots(&self) -> impl Iterator<Item = &'a AudienceSlots> {
        let register = self.piece.register;
        self.audience().iter().filter_map(|entry| match entry {
            AudienceEntry::Id(id) => register.audiences.get(&id.value).map(|declared| &declared.slots),
            AudienceEntry::Inline(slots) => Some(&slots.value),
            AudienceEntry::Other(_) => None,
        })
    }

    /// The stems of a text in the piece's language.
    pub fn stems(&self, text: &str) -> Rc<Stems> {
        self.readings.stems(text, self.lexicon)
    }

    /// The stems of the so-what and of the guidance that the body has too: of all that rules ask after, what it
    /// speaks of.
    pub fn body_stems(&self) -> &Stems {
        self.body_stems.get_or_init(|| {
            let mut asked = Stems::default();
            if let Some(so_what) = &self.front().so_what {
                asked.extend(&self.stems(&so_what.value));
            }
            for slot in self.guidance().iter().flat_map(|item| item.deed.iter().chain(&item.because)) {
                asked.extend(&self.stems(&slot.value));
            }
            let blocks = self.document().blocks();
            asked.found_in(blocks.iter().enumerate().map(|(idx, block)| (block.text.as_str(), self.words().of_block(idx))))
        })
    }

    /// What guidance is held against.
    fn context<'b>(&'b self, audience_roles: &'b [Rc<Reading>]) -> Context<'b> {
        Context { lexicon: self.lexicon, readings: &self.readings, brands: &self.register().brands, audience_roles }
    }

    /// Whether a slot of an item of guidance names an owner, a time or a result that can be told from any other.
    pub fn slot_pins(&self, pin: Pin, slot: &Slot) -> bool {
        slot_pins(pin, slot, self.context(&[]))
    }

    fn audience_roles(&self) -> Vec<Rc<Reading>> {
        self.audience_slots().filter_map(|slots| slots.role.as_ref()).map(|role| self.read(&role.value)).collect()
    }

    /// Who has signed the piece off in a capacity, if their word still stands: recorded by `sowhat sign` or in its
    /// header, of somebody whom the site knows, not in the future, about the text as it is. That nobody
    /// signs for what they wrote is a rule of its own.
    pub fn signed_by(&self, capacity: Capacity) -> Option<&'a str> {
        let register = self.register();
        let signed = register.sign_offs.latest(self.document()).remove(&capacity)?;
        let by = signed.by.value.as_str();
        (signed.is_fresh() && register.people.contains(by) && signed.on.day <= register.today.day).then_some(by)
    }
}
