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

namespace Backend.Memory.Tests;

// The whole specification, in memory.

public sealed class MemoryComplianceTests : ComplianceSpecification;

public sealed class MemoryProvedLoginTests(MemoryFixture fixture) : ProvedLoginSpecification<MemoryFixture>(fixture);

public sealed class MemoryLoginTests(MemoryFixture fixture) : LoginSpecification<MemoryFixture>(fixture);

public sealed class MemoryUserDirectoryTests(MemoryFixture fixture) : UserDirectorySpecification<MemoryFixture>(fixture);

public sealed class MemoryTenantDirectoryTests(MemoryFixture fixture) : TenantDirectorySpecification<MemoryFixture>(fixture);

public sealed class MemoryQuotaTests(MemoryFixture fixture) : QuotaSpecification<MemoryFixture>(fixture);

public sealed class MemorySuspensionTests(MemoryFixture fixture) : SuspensionSpecification<MemoryFixture>(fixture);

public sealed class MemoryListMailboxesTests(MemoryFixture fixture) : ListMailboxesSpecification<MemoryFixture>(fixture);

public sealed class MemoryCreateMailboxTests(MemoryFixture fixture) : CreateMailboxSpecification<MemoryFixture>(fixture);

public sealed class MemoryDeleteMailboxTests(MemoryFixture fixture) : DeleteMailboxSpecification<MemoryFixture>(fixture);

public sealed class MemoryRenameMailboxTests(MemoryFixture fixture) : RenameMailboxSpecification<MemoryFixture>(fixture);

public sealed class MemoryRenameInboxTests(MemoryFixture fixture) : RenameInboxSpecification<MemoryFixture>(fixture);

public sealed class MemoryUidHistoryTests(MemoryFixture fixture) : UidHistorySpecification<MemoryFixture>(fixture);

public sealed class MemorySubscriptionsTests(MemoryFixture fixture) : SubscriptionsSpecification<MemoryFixture>(fixture);

public sealed class MemorySelectTests(MemoryFixture fixture) : SelectSpecification<MemoryFixture>(fixture);

public sealed class MemoryStatusTests(MemoryFixture fixture) : StatusSpecification<MemoryFixture>(fixture);

public sealed class MemoryListStatusTests(MemoryFixture fixture) : ListStatusSpecification<MemoryFixture>(fixture);

public sealed class MemoryMailboxIdTests(MemoryFixture fixture) : MailboxIdSpecification<MemoryFixture>(fixture);

public sealed class MemoryMetadataTests(MemoryFixture fixture) : MetadataSpecification<MemoryFixture>(fixture);

public sealed class MemoryHandleTests(MemoryFixture fixture) : HandleSpecification<MemoryFixture>(fixture);

public sealed class MemoryLimitsTests(MemoryFixture fixture) : LimitsSpecification<MemoryFixture>(fixture);

public sealed class MemoryAppendTests(MemoryFixture fixture) : AppendSpecification<MemoryFixture>(fixture);

public sealed class MemoryListMessagesTests(MemoryFixture fixture) : ListMessagesSpecification<MemoryFixture>(fixture);

public sealed class MemorySectionTests(MemoryFixture fixture) : SectionSpecification<MemoryFixture>(fixture);

public sealed class MemoryFlagsTests(MemoryFixture fixture) : FlagsSpecification<MemoryFixture>(fixture);

public sealed class MemoryCopyTests(MemoryFixture fixture) : CopySpecification<MemoryFixture>(fixture);

public sealed class MemoryMoveTests(MemoryFixture fixture) : MoveSpecification<MemoryFixture>(fixture);

public sealed class MemorySaveDateTests(MemoryFixture fixture) : SaveDateSpecification<MemoryFixture>(fixture);

public sealed class MemoryPreviewTests(MemoryFixture fixture) : PreviewSpecification<MemoryFixture>(fixture);
public sealed class MemoryCondstoreTests(MemoryFixture fixture) : CondstoreSpecification<MemoryFixture>(fixture);

public sealed class MemoryQresyncTests(MemoryFixture fixture) : QresyncSpecification<MemoryFixture>(fixture);

public sealed class MemoryBinaryTests(MemoryFixture fixture) : BinarySpecification<MemoryFixture>(fixture);

public sealed class MemoryMultiAppendTests(MemoryFixture fixture) : MultiAppendSpecification<MemoryFixture>(fixture);

public sealed class MemoryReplaceTests(MemoryFixture fixture) : ReplaceSpecification<MemoryFixture>(fixture);

public sealed class MemoryExpungeTests(MemoryFixture fixture) : ExpungeSpecification<MemoryFixture>(fixture);

public sealed class MemorySearchTests(MemoryFixture fixture) : SearchSpecification<MemoryFixture>(fixture);

public sealed class MemorySearchDateTests(MemoryFixture fixture) : SearchDateSpecification<MemoryFixture>(fixture);

public sealed class MemorySearchTextTests(MemoryFixture fixture) : SearchTextSpecification<MemoryFixture>(fixture);

public sealed class MemorySearchIndexTests(MemoryFixture fixture) : SearchIndexSpecification<MemoryFixture>(fixture);

public sealed class MemorySearchHeaderTests(MemoryFixture fixture) : SearchHeaderSpecification<MemoryFixture>(fixture);

public sealed class MemorySortTests(MemoryFixture fixture) : SortSpecification<MemoryFixture>(fixture);

public sealed class MemoryThreadTests(MemoryFixture fixture) : ThreadSpecification<MemoryFixture>(fixture);

public sealed class MemoryObjectIdTests(MemoryFixture fixture) : ObjectIdSpecification<MemoryFixture>(fixture);

public sealed class MemoryPollTests(MemoryFixture fixture) : PollSpecification<MemoryFixture>(fixture);

public sealed class MemoryUpdatesTests(MemoryFixture fixture) : UpdatesSpecification<MemoryFixture>(fixture);

public sealed class MemorySharedUpdatesTests(MemoryFixture fixture) : SharedUpdatesSpecification<MemoryFixture>(fixture);

public sealed class MemoryDurabilityTests(MemoryFixture fixture) : DurabilitySpecification<MemoryFixture>(fixture);

public sealed class MemoryConcurrencyTests(MemoryFixture fixture) : ConcurrencySpecification<MemoryFixture>(fixture);

public sealed class MemoryCorpusTests(MemoryFixture fixture) : CorpusSpecification<MemoryFixture>(fixture);

public sealed class MemoryModelBasedTests(MemoryFixture fixture) : ModelBasedSpecification<MemoryFixture>(fixture);

public sealed class MemoryReferenceTests(MemoryFixture fixture) : ReferenceSpecification<MemoryFixture>(fixture);

public sealed class MemoryAclTests(MemoryFixture fixture) : AclSpecification<MemoryFixture>(fixture);

public sealed class MemoryRightsTests(MemoryFixture fixture) : RightsSpecification<MemoryFixture>(fixture);

public sealed class MemoryOtherUsersTests(MemoryFixture fixture) : OtherUsersSpecification<MemoryFixture>(fixture);

public sealed class MemoryTransferTests(MemoryFixture fixture) : TransferSpecification<MemoryFixture>(fixture);
