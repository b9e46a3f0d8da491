//! What a body may hold in Markdown that the wall does not set.
//!
//! Where only the form is lost, the text is set plainly and the problem is a warning. Where text itself would be lost, it is an
//! error: half of a notice must not be shown.

use std::ops::Range;

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain, Severity};

/// One thing in a body that is not in the subset.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{form}")]
pub struct Beyond {
    /// What it is, and what becomes of it.
    pub form: Form,
    /// Where it stands, in bytes of the body.
    pub span: Range<usize>,
}

/// The forms that are not in the subset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum Form {
    /// A row of a table with more cells than its head.
    #[error("this row has more cells than the head of its table, and their text would be lost")]
    Cells,
    /// An image.
    #[error("an image cannot be shown in a text; only its description is set")]
    Image,
    /// A tag within a line.
    #[error("an HTML tag means nothing here; it is left out and the text around it is set")]
    Tag,
    /// A block of HTML, or a tag with Chinese text inside it.
    #[error("HTML cannot be shown, and its text would be lost")]
    Html,
    /// A fenced code block.
    #[error("a code block cannot be shown as such; each of its lines is set as a line of text")]
    Code,
    /// A block quote.
    #[error("a block quote cannot be shown as such; it is set as plain paragraphs")]
    Quote,
    /// `[name]: address`, which Markdown takes for the address of a link.
    #[error("Markdown takes `[name]: …` for the address of a link, and its text would be lost")]
    Definition,
}

impl Explain for Beyond {
    fn chinese(&self) -> String {
        match self.form {
            Form::Cells => "这一行的格数多于表头，多出的文字将会丢失",
            Form::Image => "正文中的图片无法显示，只显示其说明文字",
            Form::Tag => "HTML标签在此无效，已略去，前后文字照常显示",
            Form::Html => "HTML内容无法显示，其中文字将会丢失",
            Form::Code => "代码块无法按原样显示，已逐行转为文字",
            Form::Quote => "引用块无法按原样显示，已转为普通段落",
            Form::Definition => "“[名称]: …”会被当作链接地址，其中文字将会丢失",
        }
        .into()
    }

    fn help(&self) -> Bilingual {
        match self.form {
            Form::Definition => Bilingual::new(
                "把方括号后的半角冒号改为全角“：”",
                "write a full-width colon “：” after the bracket",
            ),
            Form::Tag | Form::Html => {
                Bilingual::new("删去HTML标签，只留文字", "remove the HTML tags and leave the text")
            }
            Form::Cells => Bilingual::new(
                "补上表头，或删去多出的“|”",
                "give the head as many cells, or remove the surplus |",
            ),
            Form::Image => Bilingual::new("删去图片，需要时以文字说明", "remove the image and say it in words"),
            Form::Code | Form::Quote => Bilingual::new("改写为段落或条目", "write it as paragraphs or as a list"),
        }
    }

    fn severity(&self) -> Severity {
        match self.form {
            Form::Html | Form::Definition | Form::Cells => Severity::Error,
            Form::Image | Form::Tag | Form::Code | Form::Quote => Severity::Warning,
        }
    }
}
