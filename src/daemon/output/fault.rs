//! What is wrong with an output, besides its link.

use std::sync::Arc;

use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain, Severity};

/// What is wrong with an output, besides its link.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum OutputFault {
    /// No controller that answered puts these universes out.
    #[error("no Art-Net node that answers puts out the universes {universes}: that part of the screen stays as it is")]
    Unserved {
        /// Which, as `5-7, 12`.
        universes: Arc<str>,
    },
}

impl Explain for OutputFault {
    fn chinese(&self) -> String {
        match self {
            Self::Unserved { universes } => {
                format!("应答的 Art-Net 节点都不输出域（Universe）{universes}：屏幕的这一部分不会更新")
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unserved { .. } => Bilingual::new(
                "请检查该节点是否通电、连在同一网段，其网络、子网、域（Net、Sub-Net、Universe）合起来是否是 site.toml 中的 universe；yingbi discover 列出应答的节点；\
                 节点不应答查询的，请写明 address",
                "see whether the node has power and is on this network, and whether its net, sub-net and universe are those in site.toml; \
                 yingbi discover lists the nodes that answer; write the address of one that does not",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
