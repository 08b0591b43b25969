using System.Collections.Concurrent;
using System.Collections.Frozen;
using Imap.Server.Appending;
using Imap.Server.Connection;
using Imap.Server.Sasl;
using Imap.Server.Session;
using Imap.Server.Wire;

namespace Imap.Server.Registry;

/// <summary>
/// Everything the server can do, as extensions registered it: a table for each kind of word in the protocol. It is filled once, when
/// the server starts, and does not change after that. Two claims to one word, or a capability that the backend has no contract for,
/// fail there and not in front of a client.
/// </summary>
sealed class ImapRegistry
{
    readonly IBackend backend;
    readonly Dictionary<string, CommandEntry> commands = new(StringComparer.OrdinalIgnoreCase);
    readonly List<CapabilityWord> capabilities = [];
    readonly ConcurrentDictionary<(bool LoggedIn, ConnectionTraits Traits), ReadOnlyMemory<byte>> encodedCapabilities = new();
    readonly Dictionary<string, FetchItemParser> fetchItems = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ImmutableArray<FetchItem>> fetchMacros = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ParameterParser<FetchModifier>> fetchModifiers = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ParameterParser<StoreModifier>> storeModifiers = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ParameterParser<SelectParameter>> selectParameters = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SearchKeyParser> searchKeys = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SearchReturnParser> searchReturnOptions = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SortField> sortKeys = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ThreadAlgorithm> threadAlgorithms = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, StatusItem> statusItems = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Enablable> enablables = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, AppendSourceParser> appendSources = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ListSelection> listSelections = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, ListReturnParser> listReturns = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SelectCode> selectCodes = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, Func<CreateData, ResponseCode?>> createCodes = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, CreateParameterParser> createParameters = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, SaslEntry> saslMechanisms = new(StringComparer.OrdinalIgnoreCase);
    readonly bool frozen;

    /// <summary>Fills and freezes the registry.</summary>
    /// <exception cref="InvalidOperationException">Two extensions claim one word, or one needs what the backend does not have.</exception>
    public ImapRegistry(IEnumerable<IImapExtension> extensions, IBackend backend, ImapServerOptions? options = null)
    {
        this.backend = backend;
        Options = options ?? new ImapServerOptions();
        foreach (var extension in extensions)
            extension.Register(this);
        frozen = true;
        Commands = commands.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        FetchItems = fetchItems.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        FetchMacros = fetchMacros.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        FetchModifiers = fetchModifiers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        StoreModifiers = storeModifiers.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        SelectParameters = selectParameters.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        SearchKeys = searchKeys.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        SearchReturnOptions = searchReturnOptions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        SortKeys = sortKeys.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        ThreadAlgorithms = threadAlgorithms.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        StatusItems = statusItems.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Enablables = enablables.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        ListSelections = listSelections.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        ListReturns = listReturns.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        SelectCodes = [.. selectCodes.Values];
        CreateCodes = [.. createCodes.Values];
        CreateParameters = createParameters.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        AppendSources = appendSources.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        SaslMechanisms = saslMechanisms.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The commands, by <c>FETCH</c> and <c>UID FETCH</c>.</summary>
    public FrozenDictionary<string, CommandEntry> Commands { get; }

    /// <summary>The data items of FETCH.</summary>
    public FrozenDictionary<string, FetchItemParser> FetchItems { get; }

    /// <summary>The words that stand for several data items.</summary>
    public FrozenDictionary<string, ImmutableArray<FetchItem>> FetchMacros { get; }

    /// <summary>The modifiers of FETCH.</summary>
    public FrozenDictionary<string, ParameterParser<FetchModifier>> FetchModifiers { get; }

    /// <summary>The modifiers of STORE.</summary>
    public FrozenDictionary<string, ParameterParser<StoreModifier>> StoreModifiers { get; }

    /// <summary>The parameters of SELECT and EXAMINE.</summary>
    public FrozenDictionary<string, ParameterParser<SelectParameter>> SelectParameters { get; }

    /// <summary>The keys of SEARCH.</summary>
    public FrozenDictionary<string, SearchKeyParser> SearchKeys { get; }

    /// <summary>The options behind RETURN of SEARCH and SORT.</summary>
    public FrozenDictionary<string, SearchReturnParser> SearchReturnOptions { get; }

    /// <summary>What SORT sorts by.</summary>
    public FrozenDictionary<string, SortField> SortKeys { get; }

    /// <summary>The algorithms of THREAD.</summary>
    public FrozenDictionary<string, ThreadAlgorithm> ThreadAlgorithms { get; }

    /// <summary>The items of STATUS.</summary>
    public FrozenDictionary<string, StatusItem> StatusItems { get; }

    /// <summary>The selection options of LIST.</summary>
    public FrozenDictionary<string, ListSelection> ListSelections { get; }

    /// <summary>The return options of LIST.</summary>
    public FrozenDictionary<string, ListReturnParser> ListReturns { get; }

    /// <summary>What an operator has set.</summary>
    public ImapServerOptions Options { get; }

    /// <summary>The response codes that SELECT tells besides those of the core.</summary>
    public ImmutableArray<SelectCode> SelectCodes { get; }

    /// <summary>What the tagged OK to CREATE may say: the first that has something to say does.</summary>
    public ImmutableArray<Func<CreateData, ResponseCode?>> CreateCodes { get; }

    /// <summary>The parameters of CREATE.</summary>
    public FrozenDictionary<string, CreateParameterParser> CreateParameters { get; }

    /// <summary>What stands before the names of other users' mailboxes; null where they are not shown.</summary>
    public string? OtherUsersPrefix { get; private set; }

    /// <summary>What ENABLE can enable.</summary>
    public FrozenDictionary<string, Enablable> Enablables { get; }

    /// <summary>The words that may stand in APPEND where else the literal does.</summary>
    public FrozenDictionary<string, AppendSourceParser> AppendSources { get; }

    /// <summary>The mechanisms of AUTHENTICATE.</summary>
    public FrozenDictionary<string, SaslEntry> SaslMechanisms { get; }

    /// <summary>The words that CAPABILITY can have, in whatever state.</summary>
    public IEnumerable<string> Capabilities => capabilities.Select(static capability => capability.Name);

    /// <summary>The CAPABILITY data for a state on such a connection. RFC 9051 §7.2.2.</summary>
    public ReadOnlyMemory<byte> CapabilitiesIn(SessionStates state, ConnectionTraits traits) =>
        encodedCapabilities.GetOrAdd((state != SessionStates.NotAuthenticated, traits), EncodeCapabilities);

    /// <summary>Slot: a command.</summary>
    public void Command<TCommand>()
        where TCommand : IImapCommand<TCommand>
    {
        var descriptor = TCommand.Descriptor;
        if (descriptor.UidForm != UidForm.Only)
            Add(commands, "command", descriptor.Name, new CommandEntry(descriptor.Name, descriptor, false, Parse));
        if (descriptor.UidForm != UidForm.None)
            Add(commands, "command", $"UID {descriptor.Name}", new CommandEntry($"UID {descriptor.Name}", descriptor, true, Parse));

        static IParsedCommand Parse(ref ImapReader reader) => TCommand.Parse(ref reader);
    }

    /// <summary>Slot: a word in CAPABILITY.</summary>
    /// <param name="name">The word.</param>
    /// <param name="states">The states in which it is there.</param>
    /// <param name="when">What the connection has to be for it.</param>
    /// <param name="unless">What the connection must not be.</param>
    public void Capability(string name, SessionStates states, ConnectionTraits when = ConnectionTraits.None, ConnectionTraits unless = ConnectionTraits.None)
    {
        ThrowIfFrozen();
        if (capabilities.Exists(capability => capability.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"Two extensions add the capability {name}.");
        capabilities.Add(new CapabilityWord(name, states, when, unless));
    }

    /// <summary>Slot: the namespace of other users' mailboxes. RFC 2342 §5.</summary>
    public void OtherUsersNamespace(string prefix)
    {
        ThrowIfFrozen();
        if (OtherUsersPrefix is not null)
            throw new InvalidOperationException("Two extensions add a namespace of other users.");
        OtherUsersPrefix = prefix;
    }

    /// <summary>Slot: a data item of FETCH.</summary>
    public void FetchItem(string name, FetchItemParser parser) => Add(fetchItems, "data item of FETCH", name, parser);

    /// <summary>Slot: a word that stands for several data items of FETCH.</summary>
    public void FetchMacro(string name, ImmutableArray<FetchItem> items) => Add(fetchMacros, "macro of FETCH", name, items);

    /// <summary>Slot: a modifier of FETCH.</summary>
    public void FetchModifier(string name, ParameterParser<FetchModifier> parser) => Add(fetchModifiers, "modifier of FETCH", name, parser);

    /// <summary>Slot: a modifier of STORE.</summary>
    public void StoreModifier(string name, ParameterParser<StoreModifier> parser) => Add(storeModifiers, "modifier of STORE", name, parser);

    /// <summary>Slot: a parameter of SELECT and EXAMINE.</summary>
    public void SelectParameter(string name, ParameterParser<SelectParameter> parser) => Add(selectParameters, "parameter of SELECT", name, parser);

    /// <summary>Slot: a key of SEARCH.</summary>
    public void SearchKey(string name, SearchKeyParser parser) => Add(searchKeys, "search key", name, parser);

    /// <summary>Slot: an option behind RETURN of SEARCH and SORT.</summary>
    public void SearchReturnOption(string name, SearchReturnParser parser) => Add(searchReturnOptions, "result option of SEARCH", name, parser);

    /// <summary>Slot: something that SORT sorts by.</summary>
    public void SortKey(string name, SortField field) => Add(sortKeys, "sort key", name, field);

    /// <summary>Slot: an algorithm of THREAD, with its capability.</summary>
    public void ThreadAlgorithm(string name, ThreadAlgorithm algorithm)
    {
        Add(threadAlgorithms, "algorithm of THREAD", name, algorithm);
        Capability($"THREAD={name}", SessionStates.LoggedIn);
    }

    /// <summary>Slot: an item of STATUS.</summary>
    public void StatusItem(StatusItem item) => Add(statusItems, "item of STATUS", item.Name, item);

    /// <summary>Slot: a selection option of LIST.</summary>
    public void ListSelection(ListSelection option) => Add(listSelections, "selection option of LIST", option.Name, option);

    /// <summary>Slot: a return option of LIST.</summary>
    public void ListReturn(string name, ListReturnParser parser) => Add(listReturns, "return option of LIST", name, parser);

    /// <summary>Slot: a response code that SELECT and EXAMINE always tell.</summary>
    public void SelectCode(SelectCode code) => Add(selectCodes, "response code of SELECT", code.Name, code);

    /// <summary>Slot: the response code of the tagged OK to CREATE.</summary>
    public void CreateCode(string name, Func<CreateData, ResponseCode?> code) => Add(createCodes, "response code of CREATE", name, code);

    /// <summary>Slot: a parameter of CREATE.</summary>
    public void CreateParameter(string name, CreateParameterParser parser) => Add(createParameters, "parameter of CREATE", name, parser);

    /// <summary>Slot: something that ENABLE enables. Its capability is another slot's.</summary>
    public void Enablable(Enablable enablable) => Add(enablables, "extension for ENABLE", enablable.Name, enablable);

    /// <summary>Slot: what may stand in APPEND where else the literal does, by its first word (append-data-ext). RFC 4466 §2.5.</summary>
    public void AppendSource(string name, AppendSourceParser parser) => Add(appendSources, "form of data in APPEND", name, parser);

    /// <summary>Slot: a mechanism of AUTHENTICATE, with its capability.</summary>
    /// <param name="name">The mechanism.</param>
    /// <param name="when">What the connection has to be for it.</param>
    /// <param name="create">Begins an exchange.</param>
    public void SaslMechanism(string name, ConnectionTraits when, Func<ImapSession, ISaslMechanism> create)
    {
        Add(saslMechanisms, "SASL mechanism", name, new SaslEntry(when, create));
        Capability($"AUTH={name}", SessionStates.NotAuthenticated, when);
    }

    /// <summary>Says that the backend has to have a contract.</summary>
    public void Requires<TContract>(string capability)
    {
        if (!backend.Supports(typeof(TContract)))
            throw new InvalidOperationException($"{capability} needs a backend with {typeof(TContract).Name}, which {backend.GetType().Name} is not.");
    }

    void Add<TValue>(Dictionary<string, TValue> slot, string kind, string name, TValue value)
    {
        ThrowIfFrozen();
        if (!slot.TryAdd(name, value))
            throw new InvalidOperationException($"Two extensions add the {kind} {name}.");
    }

    void ThrowIfFrozen()
    {
        if (frozen)
            throw new InvalidOperationException("The registry does not change once the server has started.");
    }

    ReadOnlyMemory<byte> EncodeCapabilities((bool LoggedIn, ConnectionTraits Traits) key)
    {
        var state = key.LoggedIn ? SessionStates.Authenticated : SessionStates.NotAuthenticated;
        return Encoding.ASCII.GetBytes($"CAPABILITY {string.Join(' ', capabilities.Where(word => word.IsIn(state, key.Traits)).Select(static word => word.Name))}");
    }
}
