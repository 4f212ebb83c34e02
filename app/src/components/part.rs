//! A piece of a page as data: leptos draws it on the server, and a dozen lines in the browser, where views of the
//! same piece would be many times as heavy to load.

use super::icon::{self, Icon};

/// One element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

impl Part {
    pub fn text(tag: &'static str, text: impl Into<String>) -> Self {
        Self { tag, attributes: Vec::new(), content: Content::Text(text.into()) }
    }

    pub fn of(tag: &'static str, parts: impl IntoIterator<Item = Self>) -> Self {
        Self { tag, attributes: Vec::new(), content: Content::Parts(parts.into_iter().collect()) }
    }

    pub fn icon(icon: Icon) -> Self {
        let path = Self::of("path", []).with("d", icon.path());
        let drawing = Self::of("svg", [path]).with("class", "icon").with("viewBox", "0 0 24 24");
        let drawing = drawing.with("width", icon::SIZE).with("height", icon::SIZE);
        let drawing = drawing.with("fill", "none").with("stroke", "currentColor").with("stroke-width", "2");
        drawing.with("aria-hidden", "true").with("focusable", "false")
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        self.with("class", class)
    }
}

#[cfg(any(feature = "check", feature = "ssr"))]
mod on_the_server {
    use leptos::{
        attr::{
            any_attribute::{AnyAttribute, IntoAnyAttribute},
            custom::custom_attribute,
        },
        html,
        prelude::*,
    };

    use super::{Content, Part};

    impl Part {
        pub fn drawn(self) -> AnyView {
            let attribute = |(name, value)| custom_attribute(name, value).into_any_attr();
            let attributes: Vec<AnyAttribute> = self.attributes.into_iter().map(attribute).collect();
            let content = match self.content {
                Content::Text(text) => text.into_any(),
                Content::Parts(parts) => parts.into_iter().map(Part::drawn).collect_view().into_any(),
            };
            html::custom(self.tag).child(content).add_any_attr(attributes).into_any()
        }
    }
}

#[cfg(feature = "hydrate")]
mod in_the_browser {
    use leptos::prelude::document;
    use web_sys::Element;

    use super::{Content, Part};
    use crate::components::whole::{LINE, Piece, pieces};

    impl Part {
        /// The element, not yet in the page; nothing where the browser refuses to make it.
        pub fn element(&self) -> Option<Element> {
            let element = match self.tag {
                "svg" | "path" => document().create_element_ns(Some("http://www.w3.org/2000/svg"), self.tag),
                _ => document().create_element(self.tag),
            };
            let element = element.ok()?;
            for (name, value) in &self.attributes {
                let _ = element.set_attribute(name, value);
            }
            match &self.content {
                Content::Text(text) => self.write(&element, text),
                Content::Parts(parts) => {
                    for part in parts.iter().filter_map(Self::element) {
                        let _ = element.append_child(&part);
                    }
                }
            }
            Some(element)
        }

        /// Writes a text with its phrases held together, as the server draws it.
        fn write(&self, element: &Element, text: &str) {
            let pieces = pieces(text);
            if let [Piece::Plain(text)] = pieces[..] {
                return element.set_text_content(Some(text));
            }
            let in_a_row = matches!(self.tag, "a" | "button") && pieces.len() > 1;
            let line = if in_a_row { span(LINE) } else { None };
            for (text, class) in pieces.into_iter().map(Piece::parts) {
                let into = line.as_ref().unwrap_or(element);
                let piece = class.and_then(span);
                match &piece {
                    Some(piece) => {
                        piece.set_text_content(Some(text));
                        let _ = into.append_child(piece);
                    }
                    None => {
                        let _ = into.append_child(&document().create_text_node(text));
                    }
                }
            }
            if let Some(line) = line {
                let _ = element.append_child(&line);
            }
        }
    }

    fn span(class: &str) -> Option<Element> {
        let span = document().create_element("span").ok()?;
        span.set_class_name(class);
        Some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let link = Part::text("a", "<b>&").with("href", "\"><script>");
        let html = crate::draw::fragment(move || Part::of("p", [link]).class("soft").drawn());
        assert!(html.starts_with(r#"<p class="soft"><a href="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</a>"#), "{html}");
    }
}
