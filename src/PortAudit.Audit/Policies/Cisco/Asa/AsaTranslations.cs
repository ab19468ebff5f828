using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads address translations: object and twice NAT of 8.3 and later, <c>static</c>, <c>nat</c> and
/// <c>global</c> of the releases before ("nat" in the ASA command reference; ASA 8.3 migration guide).</summary>
/// <param name="device">What the words refer to.</param>
internal sealed class AsaTranslations(AsaDevice device)
{
    private readonly PolicyDraft _draft = device.Draft;
    private readonly List<PolicyTranslation> _translations = [];

    /// <summary>The translations in their order.</summary>
    public IEnumerable<PolicyTranslation> All => _translations.OrderBy(translation => translation.Line.Line);

    /// <summary>Reads the <c>nat</c> lines of <c>object network NAME</c>.</summary>
    public void ReadObject(Statement statement)
    {
        foreach (var child in statement.Children.Where(child => child.Keyword == "nat"))
        {
            var words = new WordCursor(child, 1);
            SkipInterfaces(words);
            var isStatic = words.Keyword == "static";
            if (!isStatic && words.Keyword != "dynamic")
            {
                _draft.NotEvaluable(child.Line, $"unknown keyword '{ConfigurationText.Shown(words.Peek)}'");
                continue;
            }

            words.Next();
            var real = Addresses(statement.Word(2));
            var mapped = ReadMapped(words);
            Add(child, real, isStatic ? SameSize(real, mapped) : mapped, isStatic);
        }
    }

    /// <summary>Reads a <c>nat</c> line of its own.</summary>
    public void ReadNat(Statement statement)
    {
        var words = new WordCursor(statement, 1);
        SkipInterfaces(words);
        if (words.Take("after-auto") && int.TryParse(words.Peek, out _))
            words.Next();
        if (int.TryParse(words.Peek, out _) && words.KeywordAhead(1) == "source")
            words.Next();
        if (words.Take("source"))
            ReadTwice(statement, words);
        else
            ReadOld(statement, words);
    }

    /// <summary>Reads <c>static (REAL,MAPPED) [tcp|udp] MAPPED [PORT] REAL [PORT] [netmask MASK]</c>.</summary>
    public void ReadStatic(Statement statement)
    {
        var words = new WordCursor(statement, 1);
        SkipInterfaces(words);
        var hasPorts = words.Take("tcp") || words.Take("udp");
        var mapped = words.Next();
        if (hasPorts)
            words.Next();
        var real = words.Next();
        if (hasPorts)
            words.Next();
        var mask = words.Take("netmask") ? words.Next() : "255.255.255.255";
        if (real.Equals("access-list", StringComparison.OrdinalIgnoreCase))
            Add(statement, null, OldAddresses(mapped, mask), isStatic: true, "a translation that depends on a list");
        else
            Add(statement, OldAddresses(real, mask), OldAddresses(mapped, mask), isStatic: true, hasPorts: hasPorts);
    }

    /// <summary>Reads <c>global (MAPPED) ID A[-B]|interface</c>.</summary>
    public void ReadGlobal(Statement statement)
    {
        var words = new WordCursor(statement, 1);
        SkipInterfaces(words);
        words.Next();
        var range = words.Next().Split('-', 2);
        var mapped = device.Names.TryParse(range[0], out var first) && device.Names.TryParse(range[^1], out var last)
            ? AddressSet.Of(first, last)
            : null;
        Add(statement, null, mapped, isStatic: false);
    }

    private static void SkipInterfaces(WordCursor words)
    {
        // Written "(inside,outside)" or, by hand, with spaces within.
        if (words.Peek.Length == 0 || words.Peek[0] != '(')
            return;
        while (!words.IsAtEnd && !words.Next().EndsWith(')'))
        {
        }
    }

    private void ReadTwice(Statement statement, WordCursor words)
    {
        if (statement.Words.Contains("inactive", StringComparer.OrdinalIgnoreCase))
        {
            _draft.Understood(statement.Line);
            return;
        }

        var isStatic = words.Next().Equals("static", StringComparison.OrdinalIgnoreCase);
        var real = Addresses(words.Next());
        var mapped = ReadMapped(words);
        Add(statement, real, isStatic ? SameSize(real, mapped) : mapped, isStatic);
        while (!words.IsAtEnd)
        {
            if (words.Take("description"))
                return;
            if (words.Take("destination") && words.Take("static"))
            {
                var mappedDestination = words.Keyword == "interface" ? null : Addresses(words.Peek);
                words.Next();
                Add(statement, Addresses(words.Next()), mappedDestination, isStatic: true);
            }
            else if (words.Keyword is "service" or "pat-pool" or "interface" or "any" || IsOption(words.Keyword)
                || device.Groups.KindOf(words.Peek) is not null)
                words.Next();
            else
            {
                var reason = $"unknown keyword '{ConfigurationText.Shown(words.Next())}'";
                _draft.NotEvaluable(statement.Line, reason);
            }
        }
    }

    private void ReadOld(Statement statement, WordCursor words)
    {
        words.Next();
        var first = words.Next();
        if (first.Equals("access-list", StringComparison.OrdinalIgnoreCase))
            Add(statement, null, null, isStatic: false, "a translation that depends on a list");
        else
            Add(statement, OldAddresses(first, words.Next()), null, isStatic: false);
    }

    /// <summary>Takes the mapped addresses: a name, an address, <c>interface</c> or <c>pat-pool NAME</c>.</summary>
    private IntervalSet<UInt128>? ReadMapped(WordCursor words)
    {
        words.Take("pat-pool");
        var mapped = words.Next();
        return mapped.Equals("interface", StringComparison.OrdinalIgnoreCase) ? null : Addresses(mapped);
    }

    private static bool IsOption(string keyword) => keyword is "dns" or "no-proxy-arp" or "route-lookup"
        or "unidirectional" or "net-to-net" or "extended" or "flat" or "include-reserve" or "round-robin"
        or "block-allocation";

    private IntervalSet<UInt128>? Addresses(string name)
    {
        if (name.Equals("any", StringComparison.OrdinalIgnoreCase))
            return AddressSet.Any;
        if (device.Names.TryParse(name, out var address))
            return AddressSet.Of(address);
        if (device.Names.TryParsePrefix(name, out var prefix))
            return AddressNames.SetOf(prefix);
        return device.Groups.Find(name) is { Kind: GroupKind.Network, IsOpen: false } group
            ? group.Addresses.Set
            : null;
    }

    private IntervalSet<UInt128>? OldAddresses(string word, string mask) =>
        mask.Length == 0 || mask == "0" && word != "0"
            ? Addresses(word)
            : device.Names.Masked(word, mask, isWildcard: false);

    /// <summary>A static translation to one address starts there and is as long as the real addresses.</summary>
    private static IntervalSet<UInt128>? SameSize(IntervalSet<UInt128>? real, IntervalSet<UInt128>? mapped)
    {
        if (real is not { Ranges: [var range] } || mapped is not { Ranges: [var start] }
            || start.First != start.Last || range.Last - range.First > UInt128.MaxValue - start.First)
            return mapped;
        return IntervalSet.Of(start.First, start.First + (range.Last - range.First));
    }

    private void Add(Statement statement, IntervalSet<UInt128>? real, IntervalSet<UInt128>? mapped, bool isStatic,
        string? fault = null, bool hasPorts = false)
    {
        hasPorts |= statement.Words.Contains("service", StringComparer.OrdinalIgnoreCase);
        if (fault is not null)
            _draft.NotEvaluable(statement.Line, fault);
        else if (hasPorts)
            _draft.NotEvaluable(statement.Line, "ports of a translation are not evaluated");
        else
            _draft.Understood(statement.Line);
        _translations.Add(new PolicyTranslation(_draft.Line(statement.Line), _draft.Shown(statement.Line), real, mapped,
            isStatic)
        {
            ChangesPorts = hasPorts,
        });
    }
}
