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

namespace Backend.Postgres.Tests;

// The whole specification, on PostgreSQL.

public sealed class PostgresComplianceTests : ComplianceSpecification;

public sealed class PostgresProvedLoginTests(PostgresFixture fixture) : ProvedLoginSpecification<PostgresFixture>(fixture);

public sealed class PostgresLoginTests(PostgresFixture fixture) : LoginSpecification<PostgresFixture>(fixture);

public sealed class PostgresUserDirectoryTests(PostgresFixture fixture) : UserDirectorySpecification<PostgresFixture>(fixture);

public sealed class PostgresTenantDirectoryTests(PostgresFixture fixture) : TenantDirectorySpecification<PostgresFixture>(fixture);

public sealed class PostgresQuotaTests(PostgresFixture fixture) : QuotaSpecification<PostgresFixture>(fixture);

public sealed class PostgresSuspensionTests(PostgresFixture fixture) : SuspensionSpecification<PostgresFixture>(fixture);

public sealed class PostgresListMailboxesTests(PostgresFixture fixture) : ListMailboxesSpecification<PostgresFixture>(fixture);

public sealed class PostgresCreateMailboxTests(PostgresFixture fixture) : CreateMailboxSpecification<PostgresFixture>(fixture);

public sealed class PostgresDeleteMailboxTests(PostgresFixture fixture) : DeleteMailboxSpecification<PostgresFixture>(fixture);

public sealed class PostgresRenameMailboxTests(PostgresFixture fixture) : RenameMailboxSpecification<PostgresFixture>(fixture);

public sealed class PostgresRenameInboxTests(PostgresFixture fixture) : RenameInboxSpecification<PostgresFixture>(fixture);

public sealed class PostgresUidHistoryTests(PostgresFixture fixture) : UidHistorySpecification<PostgresFixture>(fixture);

public sealed class PostgresSubscriptionsTests(PostgresFixture fixture) : SubscriptionsSpecification<PostgresFixture>(fixture);

public sealed class PostgresSelectTests(PostgresFixture fixture) : SelectSpecification<PostgresFixture>(fixture);

public sealed class PostgresStatusTests(PostgresFixture fixture) : StatusSpecification<PostgresFixture>(fixture);

public sealed class PostgresListStatusTests(PostgresFixture fixture) : ListStatusSpecification<PostgresFixture>(fixture);

public sealed class PostgresMailboxIdTests(PostgresFixture fixture) : MailboxIdSpecification<PostgresFixture>(fixture);

public sealed class PostgresMetadataTests(PostgresFixture fixture) : MetadataSpecification<PostgresFixture>(fixture);

public sealed class PostgresHandleTests(PostgresFixture fixture) : HandleSpecification<PostgresFixture>(fixture);

public sealed class PostgresLimitsTests(PostgresFixture fixture) : LimitsSpecification<PostgresFixture>(fixture);

public sealed class PostgresAppendTests(PostgresFixture fixture) : AppendSpecification<PostgresFixture>(fixture);

public sealed class PostgresListMessagesTests(PostgresFixture fixture) : ListMessagesSpecification<PostgresFixture>(fixture);

public sealed class PostgresSectionTests(PostgresFixture fixture) : SectionSpecification<PostgresFixture>(fixture);

public sealed class PostgresFlagsTests(PostgresFixture fixture) : FlagsSpecification<PostgresFixture>(fixture);

public sealed class PostgresCopyTests(PostgresFixture fixture) : CopySpecification<PostgresFixture>(fixture);

public sealed class PostgresMoveTests(PostgresFixture fixture) : MoveSpecification<PostgresFixture>(fixture);

public sealed class PostgresSaveDateTests(PostgresFixture fixture) : SaveDateSpecification<PostgresFixture>(fixture);

public sealed class PostgresPreviewTests(PostgresFixture fixture) : PreviewSpecification<PostgresFixture>(fixture);
public sealed class PostgresCondstoreTests(PostgresFixture fixture) : CondstoreSpecification<PostgresFixture>(fixture);

public sealed class PostgresQresyncTests(PostgresFixture fixture) : QresyncSpecification<PostgresFixture>(fixture);

public sealed class PostgresBinaryTests(PostgresFixture fixture) : BinarySpecification<PostgresFixture>(fixture);

public sealed class PostgresMultiAppendTests(PostgresFixture fixture) : MultiAppendSpecification<PostgresFixture>(fixture);

public sealed class PostgresReplaceTests(PostgresFixture fixture) : ReplaceSpecification<PostgresFixture>(fixture);

public sealed class PostgresExpungeTests(PostgresFixture fixture) : ExpungeSpecification<PostgresFixture>(fixture);

public sealed class PostgresSearchTests(PostgresFixture fixture) : SearchSpecification<PostgresFixture>(fixture);

public sealed class PostgresSearchDateTests(PostgresFixture fixture) : SearchDateSpecification<PostgresFixture>(fixture);

public sealed class PostgresSearchTextTests(PostgresFixture fixture) : SearchTextSpecification<PostgresFixture>(fixture);

public sealed class PostgresSearchIndexTests(PostgresFixture fixture) : SearchIndexSpecification<PostgresFixture>(fixture);

public sealed class PostgresSearchHeaderTests(PostgresFixture fixture) : SearchHeaderSpecification<PostgresFixture>(fixture);

public sealed class PostgresSortTests(PostgresFixture fixture) : SortSpecification<PostgresFixture>(fixture);

public sealed class PostgresThreadTests(PostgresFixture fixture) : ThreadSpecification<PostgresFixture>(fixture);

public sealed class PostgresObjectIdTests(PostgresFixture fixture) : ObjectIdSpecification<PostgresFixture>(fixture);

public sealed class PostgresPollTests(PostgresFixture fixture) : PollSpecification<PostgresFixture>(fixture);

public sealed class PostgresUpdatesTests(PostgresFixture fixture) : UpdatesSpecification<PostgresFixture>(fixture);

public sealed class PostgresSharedUpdatesTests(PostgresFixture fixture) : SharedUpdatesSpecification<PostgresFixture>(fixture);

public sealed class PostgresDurabilityTests(PostgresFixture fixture) : DurabilitySpecification<PostgresFixture>(fixture);

public sealed class PostgresConcurrencyTests(PostgresFixture fixture) : ConcurrencySpecification<PostgresFixture>(fixture);

public sealed class PostgresCorpusTests(PostgresFixture fixture) : CorpusSpecification<PostgresFixture>(fixture);

public sealed class PostgresModelBasedTests(PostgresFixture fixture) : ModelBasedSpecification<PostgresFixture>(fixture);

public sealed class PostgresReferenceTests(PostgresFixture fixture) : ReferenceSpecification<PostgresFixture>(fixture);

public sealed class PostgresAclTests(PostgresFixture fixture) : AclSpecification<PostgresFixture>(fixture);

public sealed class PostgresRightsTests(PostgresFixture fixture) : RightsSpecification<PostgresFixture>(fixture);

public sealed class PostgresOtherUsersTests(PostgresFixture fixture) : OtherUsersSpecification<PostgresFixture>(fixture);

public sealed class PostgresTransferTests(PostgresFixture fixture) : TransferSpecification<PostgresFixture>(fixture);
