//! `embed`: a video or another page of a third party that loads when the reader asks for it, and not before.

use super::{Call, Maker};
use crate::base::diagnostic::Diagnostic;
use crate::parse::Directive;
use crate::render::view::object::Object;

/// See the module.
pub struct Embed;

/// What a frame may do, by the proportions that authors name.
const RATIOS: &[(&str, &str)] = &[("16:9", "wide"), ("4:3", "classic"), ("1:1", "square"), ("9:16", "tall")];

impl Maker for Embed {
    fn name(&self) -> &'static str {
        "embed"
    }

    fn make(&self, call: &Call<'_>) -> Result<Object, Vec<Diagnostic>> {
        let ratio = call.word("ratio", RATIOS, "wide").map_err(|finding| vec![*finding])?;
        let Some(url) = call.param("url") else { return Err(vec![missing(call)]) };
        let Some(target) = Target::of(&url.value) else {
            let message = format!("`{}` cannot be embedded", url.value.escape_debug());
            let help = "write the address of the page as `https://…`; readers without scripts follow it as a link";
            return Err(vec![call.invalid(url, message).help(help)]);
        };
        Ok(Object::new()
            .with("link", url.value.trim())
            .with("frame", target.frame.as_str())
            .with("host", target.host.as_str())
            .with("ratio_class", ratio))
    }
}

fn missing(call: &Call<'_>) -> Diagnostic {
    let finding = Diagnostic::error("directive-parameter-missing", call.name_place(), "the directive `embed` needs `url`");
    finding.help("write `::embed{url=\"https://…\" title=\"What it shows\"}`")
}

/// The origins that a document's embeds load from, once asked: what a content security policy must let in.
pub fn frame_origin(directive: &Directive) -> Option<String> {
    let is_embed = directive.name.value == "embed";
    let url = directive.param("url").filter(|_| is_embed)?;
    let frame = Target::of(&url.value)?.frame;
    let host_len = frame["https://".len()..].find(['/', '?', '#']).unwrap_or(frame.len() - "https://".len());
    Some(frame[.."https://".len() + host_len].to_owned())
}

/// Where an embed leads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    /// Who will know that the reader looked, as readers know it.
    host: String,
    /// What the frame loads.
    frame: String,
}

impl Target {
    /// Only addresses that begin with `https://` and a plain host can be framed.
    fn of(url: &str) -> Option<Self> {
        let url = url.trim();
        let rest = url.strip_prefix("https://")?;
        let host_len = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(host_len);
        let is_plain = host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
        if !is_plain || path.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return None;
        }
        let host = host.to_ascii_lowercase();
        let plain_host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        let frame = match plain_host.as_str() {
            "youtube.com" | "m.youtube.com" | "youtu.be" | "youtube-nocookie.com" => youtube(path)?,
            "vimeo.com" => format!("https://player.vimeo.com/video/{}?dnt=1", first_word(path.trim_start_matches('/'))?),
            _ => format!("https://{host}{path}"),
        };
        Some(Self { host: plain_host, frame })
    }
}

/// The player that sets no cookies, for any way of writing a video's address.
fn youtube(path: &str) -> Option<String> {
    let query_id = path.split(['?', '&']).find_map(|part| part.strip_prefix("v="));
    let path_id = || {
        let path = path.trim_start_matches('/');
        let path = ["embed/", "shorts/", "live/"].iter().find_map(|folder| path.strip_prefix(folder)).unwrap_or(path);
        (!path.starts_with("watch") && !path.starts_with("playlist")).then_some(path)
    };
    let id = first_word(query_id.or_else(path_id)?)?;
    Some(format!("https://www.youtube-nocookie.com/embed/{id}"))
}

/// Letters, digits, `-` and `_` up to the first other sign; `None` when there are none.
fn first_word(text: &str) -> Option<&str> {
    let len = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    (len > 0).then(|| &text[..len])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_from_where_least_is_recorded() {
        for (url, expected) in [
            ("https://www.youtube.com/watch?v=abc_-1&t=10", Some(("youtube.com", "https://www.youtube-nocookie.com/embed/abc_-1"))),
            ("https://youtu.be/abc?si=x", Some(("youtu.be", "https://www.youtube-nocookie.com/embed/abc"))),
            ("https://vimeo.com/123/", Some(("vimeo.com", "https://player.vimeo.com/video/123?dnt=1"))),
            ("https://Maps.Example.org/x?a=b#c", Some(("maps.example.org", "https://maps.example.org/x?a=b#c"))),
            ("http://example.org/", None),
            ("javascript:alert(1)", None),
            ("https://a b.org/", None),
            ("https://user@example.org/", None),
            ("https://localhost/", None),
            ("https://youtube.com/watch", None),
        ] {
            let target = Target::of(url);
            assert_eq!(target.as_ref().map(|target| (target.host.as_str(), target.frame.as_str())), expected, "{url}");
        }
    }
}
