//! Quotation marks as a language writes them: pulldown-cmark makes English ones of straight ones.

use crate::base::typography::{Marks, marks};

/// Turns English quotation marks into those of a language, block by block.
#[derive(Debug)]
pub struct Quotes {
    /// Double opening, double closing, single opening, single closing; `None` for English.
    marks: Option<Marks>,
    /// How many single quotes are open: a closing one without an opening one is an apostrophe.
    open_single: usize,
}

impl Quotes {
    /// The marks for a language tag such as `de-CH`.
    pub fn of(lang: &str) -> Self {
        Self { marks: marks(lang), open_single: 0 }
    }

    /// A block begins: no quotation runs over from the one before.
    pub fn begin_block(&mut self) {
        self.open_single = 0;
    }

    /// The mark for one that pulldown-cmark made; `between_letters` tells an apostrophe.
    pub fn mark(&mut self, made: &str, between_letters: bool) -> Option<&'static str> {
        let marks = self.marks?;
        match made {
            "“" => Some(marks[0]),
            "”" => Some(marks[1]),
            "‘" => {
                self.open_single += 1;
                Some(marks[2])
            }
            "’" if self.open_single > 0 && !between_letters => {
                self.open_single -= 1;
                Some(marks[3])
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_are_not_closing_quotes() {
        let mut quotes = Quotes::of("de-DE");
        assert_eq!(quotes.mark("’", true), None);
        assert_eq!(quotes.mark("‘", false), Some("‚"));
        assert_eq!(quotes.mark("’", true), None);
        assert_eq!(quotes.mark("’", false), Some("‘"));
        assert_eq!(quotes.mark("’", false), None);
        assert_eq!(Quotes::of("en-GB").mark("“", false), None);
        assert_eq!(Quotes::of("de_CH").mark("“", false), Some("«"));
    }
}
