//! The query of a target, `a=1&b=2`, to what it names.

use percent_encoding::percent_decode_str;

/// A query as sent.
pub struct Query<'a>(pub &'a str);

impl Query<'_> {
    /// The first value of a name, decoded.
    pub fn first(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    /// Every value of a name, decoded; one that is no UTF-8 is left out.
    pub fn all(&self, name: &str) -> impl Iterator<Item = String> {
        let pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        pairs
            .filter(move |(known, _)| *known == name)
            .filter_map(|(_, value)| Some(percent_decode_str(value).decode_utf8().ok()?.into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_once() {
        let query = Query("a=%20b&c=1&a=%2541&d&a=%ff&=x");
        assert_eq!(query.all("a").collect::<Vec<_>>(), [" b", "%41"]);
        assert_eq!((query.first("c").as_deref(), query.first("d"), query.first("e")), (Some("1"), None, None));
    }
}
