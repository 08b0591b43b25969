using Backend.Specification.Tests;
using Backend.Specification.Tests.Changes;
using Backend.Specification.Tests.Corpus;
using Backend.Specification.Tests.Mailboxes;
using Backend.Specification.Tests.Messages;
using Backend.Specification.Tests.Models;
using Backend.Specification.Tests.Searching;
using Backend.Specification.Tests.Sharing;
using Backend.Specification.Tests.Sorting;
using Backend.Specification.Tests.Users;

namespace Backend.Sqlite.Tests;

// The whole specification, on SQLite.

public sealed class SqliteComplianceTests : ComplianceSpecification;

public sealed class SqliteProvedLoginTests(SqliteFixture fixture) : ProvedLoginSpecification<SqliteFixture>(fixture);

public sealed class SqliteLoginTests(SqliteFixture fixture) : LoginSpecification<SqliteFixture>(fixture);

public sealed class SqliteUserDirectoryTests(SqliteFixture fixture) : UserDirectorySpecification<SqliteFixture>(fixture);

public sealed class SqliteTenantDirectoryTests(SqliteFixture fixture) : TenantDirectorySpecification<SqliteFixture>(fixture);

public sealed class SqliteQuotaTests(SqliteFixture fixture) : QuotaSpecification<SqliteFixture>(fixture);

public sealed class SqliteSuspensionTests(SqliteFixture fixture) : SuspensionSpecification<SqliteFixture>(fixture);

public sealed class SqliteListMailboxesTests(SqliteFixture fixture) : ListMailboxesSpecification<SqliteFixture>(fixture);

public sealed class SqliteCreateMailboxTests(SqliteFixture fixture) : CreateMailboxSpecification<SqliteFixture>(fixture);

public sealed class SqliteDeleteMailboxTests(SqliteFixture fixture) : DeleteMailboxSpecification<SqliteFixture>(fixture);

public sealed class SqliteRenameMailboxTests(SqliteFixture fixture) : RenameMailboxSpecification<SqliteFixture>(fixture);

public sealed class SqliteRenameInboxTests(SqliteFixture fixture) : RenameInboxSpecification<SqliteFixture>(fixture);

public sealed class SqliteUidHistoryTests(SqliteFixture fixture) : UidHistorySpecification<SqliteFixture>(fixture);

public sealed class SqliteSubscriptionsTests(SqliteFixture fixture) : SubscriptionsSpecification<SqliteFixture>(fixture);

public sealed class SqliteSelectTests(SqliteFixture fixture) : SelectSpecification<SqliteFixture>(fixture);

public sealed class SqliteStatusTests(SqliteFixture fixture) : StatusSpecification<SqliteFixture>(fixture);

public sealed class SqliteListStatusTests(SqliteFixture fixture) : ListStatusSpecification<SqliteFixture>(fixture);

public sealed class SqliteMailboxIdTests(SqliteFixture fixture) : MailboxIdSpecification<SqliteFixture>(fixture);

public sealed class SqliteMetadataTests(SqliteFixture fixture) : MetadataSpecification<SqliteFixture>(fixture);

public sealed class SqliteHandleTests(SqliteFixture fixture) : HandleSpecification<SqliteFixture>(fixture);

public sealed class SqliteLimitsTests(SqliteFixture fixture) : LimitsSpecification<SqliteFixture>(fixture);

public sealed class SqliteAppendTests(SqliteFixture fixture) : AppendSpecification<SqliteFixture>(fixture);

public sealed class SqliteListMessagesTests(SqliteFixture fixture) : ListMessagesSpecification<SqliteFixture>(fixture);

public sealed class SqliteSectionTests(SqliteFixture fixture) : SectionSpecification<SqliteFixture>(fixture);

public sealed class SqliteFlagsTests(SqliteFixture fixture) : FlagsSpecification<SqliteFixture>(fixture);

public sealed class SqliteCopyTests(SqliteFixture fixture) : CopySpecification<SqliteFixture>(fixture);

public sealed class SqliteMoveTests(SqliteFixture fixture) : MoveSpecification<SqliteFixture>(fixture);

public sealed class SqliteSaveDateTests(SqliteFixture fixture) : SaveDateSpecification<SqliteFixture>(fixture);

public sealed class SqlitePreviewTests(SqliteFixture fixture) : PreviewSpecification<SqliteFixture>(fixture);
public sealed class SqliteCondstoreTests(SqliteFixture fixture) : CondstoreSpecification<SqliteFixture>(fixture);

public sealed class SqliteQresyncTests(SqliteFixture fixture) : QresyncSpecification<SqliteFixture>(fixture);

public sealed class SqliteBinaryTests(SqliteFixture fixture) : BinarySpecification<SqliteFixture>(fixture);

public sealed class SqliteMultiAppendTests(SqliteFixture fixture) : MultiAppendSpecification<SqliteFixture>(fixture);

public sealed class SqliteReplaceTests(SqliteFixture fixture) : ReplaceSpecification<SqliteFixture>(fixture);

public sealed class SqliteExpungeTests(SqliteFixture fixture) : ExpungeSpecification<SqliteFixture>(fixture);

public sealed class SqliteSearchTests(SqliteFixture fixture) : SearchSpecification<SqliteFixture>(fixture);

public sealed class SqliteSearchDateTests(SqliteFixture fixture) : SearchDateSpecification<SqliteFixture>(fixture);

public sealed class SqliteSearchTextTests(SqliteFixture fixture) : SearchTextSpecification<SqliteFixture>(fixture);

public sealed class SqliteSearchIndexTests(SqliteFixture fixture) : SearchIndexSpecification<SqliteFixture>(fixture);

public sealed class SqliteSearchHeaderTests(SqliteFixture fixture) : SearchHeaderSpecification<SqliteFixture>(fixture);

public sealed class SqliteSortTests(SqliteFixture fixture) : SortSpecification<SqliteFixture>(fixture);

public sealed class SqliteThreadTests(SqliteFixture fixture) : ThreadSpecification<SqliteFixture>(fixture);

public sealed class SqliteObjectIdTests(SqliteFixture fixture) : ObjectIdSpecification<SqliteFixture>(fixture);

public sealed class SqlitePollTests(SqliteFixture fixture) : PollSpecification<SqliteFixture>(fixture);

public sealed class SqliteUpdatesTests(SqliteFixture fixture) : UpdatesSpecification<SqliteFixture>(fixture);

public sealed class SqliteSharedUpdatesTests(SqliteFixture fixture) : SharedUpdatesSpecification<SqliteFixture>(fixture);

public sealed class SqliteDurabilityTests(SqliteFixture fixture) : DurabilitySpecification<SqliteFixture>(fixture);

public sealed class SqliteConcurrencyTests(SqliteFixture fixture) : ConcurrencySpecification<SqliteFixture>(fixture);

public sealed class SqliteCorpusTests(SqliteFixture fixture) : CorpusSpecification<SqliteFixture>(fixture);

public sealed class SqliteModelBasedTests(SqliteFixture fixture) : ModelBasedSpecification<SqliteFixture>(fixture);

public sealed class SqliteReferenceTests(SqliteFixture fixture) : ReferenceSpecification<SqliteFixture>(fixture);

public sealed class SqliteAclTests(SqliteFixture fixture) : AclSpecification<SqliteFixture>(fixture);

public sealed class SqliteRightsTests(SqliteFixture fixture) : RightsSpecification<SqliteFixture>(fixture);

public sealed class SqliteOtherUsersTests(SqliteFixture fixture) : OtherUsersSpecification<SqliteFixture>(fixture);

public sealed class SqliteTransferTests(SqliteFixture fixture) : TransferSpecification<SqliteFixture>(fixture);
