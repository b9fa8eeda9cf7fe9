/// The bounds of every text, list, cache and wait of this module.
package enum CustomersLimits {
    /// Bytes of a company's name.
    package static let companyBytesMax = 64
    /// Bytes of a feed's name.
    package static let feedBytesMax = 64
    /// Bytes of a feed's cursor.
    package static let cursorBytesMax = 4_096
    /// Feeds of a company.
    package static let feedsMax = 64
    /// Groups of a company.
    package static let groupsMax = 10_000
    /// Bytes of a group's id or name.
    package static let groupBytesMax = 256
    /// Rows in one page.
    package static let pageRowsMax = 100_000
    /// Bytes of the key by which a feed names a customer.
    package static let keyBytesMax = 256
    /// Bytes of a name, a first name or a language.
    package static let nameBytesMax = 256
    /// Bytes of an identifier, and of a code that can be one.
    package static let identifierBytesMax = 256
    package static let identifiersMax = 64
    package static let groupsOfCustomerMax = 64
    package static let permissionsMax = 64
    package static let benefitsMax = 64
    /// Bytes of a benefit's id.
    package static let benefitIDBytesMax = 64
    /// Bytes of a benefit's title.
    package static let benefitTitleBytesMax = 256
    /// Bytes of a permission's name.
    package static let permissionNameBytesMax = 64
    /// Bytes of the text a customer agreed to.
    package static let consentBytesMax = 4_096
    /// Bytes of a text that can be a phone number.
    package static let phoneBytesMax = 64
    /// Digits of a typed phone number, the country code and a prefix for calls abroad included.
    package static let phoneDigits = 4...19
    /// Kinds of code that a store describes itself.
    package static let patternsMax = 32
    /// Bytes of a pattern of codes.
    package static let patternBytesMax = 256
    /// Groups of a pattern within each other.
    package static let patternDepthMax = 8
    /// How often a part of a pattern is repeated at most, where that is counted.
    package static let patternRepeatsMax = 256
    /// Steps of a pattern with its counted repeats written out.
    package static let patternStepsMax = 2_000
    /// Bytes of a label that is looked at; a longer one is unknown.
    package static let codeBytesMax = 4_096
    /// Customers in one ambiguous answer.
    package static let candidatesMax = 20
    /// Customers in one answer of a search.
    package static let searchAnswerMax = 20
    /// Words of a search that count.
    package static let searchWordsMax = 8
    /// Bytes of a search that count.
    package static let searchBytesMax = 256
    /// Customers that a search opens to put the answers in order; with more, the answer is the best of these.
    package static let searchCandidatesMax = 512
    /// Rows of the index that a search looks at, each by a leap of its own.
    package static let searchRowsMax = 20_000
    /// Letters of the shortest and the longest beginning of a word that is indexed.
    package static let tokenLetters = 1...12
    /// Letters of the longest word of a search at least: one letter is the beginning of too many names.
    package static let searchLettersMin = 2
    /// Words of a name that are indexed.
    package static let nameWordsMax = 8
    /// Words whose tokens a page keeps, so that a name that comes often is hashed once.
    package static let tokenWordsKept = 50_000
    /// Customers whose records cannot be read that are counted, each once.
    package static let unreadableCounted = 1_000
    /// How long a check of the whole file is waited for before it is told to end once more.
    package static let checkEndSeconds = 0.05
    /// Where the sample that is looked at before a file is used reads each large table.
    package static let samplePoints = 64
    /// How long a reader reads from one snapshot: as long a checkpoint may have to wait for it.
    package static let snapshotAge = Duration.milliseconds(100)
    /// How long a reader waits for another connection's lock.
    package static let busyTimeout = Duration.seconds(5)
    /// Memory for the pages of a reader's connection, in KiB.
    package static let readerCacheKiB = 8 * 1_024
    /// Memory for the pages of the writing connection while it takes a large page, in KiB.
    package static let writerCacheKiB = 64 * 1_024
    /// Customers who are gone whose traces are removed in one go.
    package static let departuresReadMax = 20_000
    /// Customers who are gone that a ``ReplicaMemory`` is given in one go.
    package static let departuresKeptAtOnce = 1_000
    /// Tombstones that are forgotten in one transaction.
    package static let tombstonesTrimmedMax = 1_000
    /// Members that are looked at in one go.
    package static let membersReadMax = 1_000
    /// Rows from which a page is a large one.
    package static let largePageRows = 1_000
    /// How often the rows of a page that wait for another's card are gone through: each round ends a link of a chain.
    static let movePassesMax = 16
    /// Rows of a page that are made ready at a time.
    package static let batchRows = 1_000
}
