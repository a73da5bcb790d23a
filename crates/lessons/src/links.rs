//! The links of a page, and the places that they lead to.

/// The addresses of the links and pictures of a page.
pub(crate) fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next())
}

/// The addresses of the pictures of a page that have no words for a person who does not see them.
pub(crate) fn wordless(page: &str) -> impl Iterator<Item = &str> {
    page.split("![").skip(1).filter_map(|rest| {
        let (words, rest) = rest.split_once("](")?;
        words.trim().is_empty().then(|| rest.split(')').next().unwrap_or_default())
    })
}

/// A place without `..` in it.
pub(crate) fn resolved(place: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in place.split('/') {
        match name {
            ".." => drop(names.pop()),
            "." => {}
            name => names.push(name),
        }
    }
    names.join("/")
}
