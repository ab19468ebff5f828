using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Reads the addresses of access list entries.</summary>
/// <param name="device">What the words refer to.</param>
internal sealed class IosAddressReader(IosDevice device)
{
    /// <summary>Takes an address: <c>any</c>, <c>host A</c>, <c>A WILDCARD</c>, <c>A/LENGTH</c>,
    /// <c>object-group NAME</c>. What cannot be read is open, and is said by the entry.</summary>
    public AddressMatch Read(WordCursor words, EntryDraft entry, bool isVersion6)
    {
        var word = words.Next();
        switch (word.ToLowerInvariant())
        {
            case "any":
                return new AddressMatch(isVersion6 ? AddressSet.AnyIpv6 : AddressSet.AnyIpv4);
            case "host":
                return Host(words.Next(), entry);
            case "object-group" or "addrgroup" or "net-group":
                return Group(words.Next(), entry);
        }

        if (device.Names.TryParsePrefix(word, out var prefix))
            return new AddressMatch(AddressNames.SetOf(prefix));
        if (!device.Names.TryParse(word, out _))
            return Fail(entry, word.Length == 0 ? "an address is missing"
                : $"unknown address '{ConfigurationText.Shown(word)}'");
        return Masked(word, words, entry);
    }

    /// <summary>Takes the address of a standard list: <c>any</c>, <c>[host] A</c>, <c>A WILDCARD</c>, and as
    /// <c>show access-lists</c> writes it, <c>A, wildcard bits WILDCARD</c>.</summary>
    public AddressMatch ReadStandard(WordCursor words, EntryDraft entry)
    {
        if (words.Keyword is "any" or "host" or "object-group"
            || words.Peek.Contains('/', StringComparison.Ordinal))
            return Read(words, entry, isVersion6: false);
        var word = words.Next().TrimEnd(',');
        if (words.Take("wildcard"))
            words.Take("bits");
        return device.Names.TryParse(words.Peek, out _) ? Masked(word, words, entry) : Host(word, entry);
    }

    private static AddressMatch Fail(EntryDraft entry, string reason)
    {
        entry.Fail(reason);
        return new AddressMatch(IntervalSet.Empty<UInt128>(), IsOpen: true);
    }

    private AddressMatch Masked(string word, WordCursor words, EntryDraft entry)
    {
        var mask = words.Next();
        return device.Names.Masked(word, mask, isWildcard: true) is { } set
            ? new AddressMatch(set)
            : Fail(entry, mask.Length == 0 ? "a wildcard is missing"
                : $"unknown wildcard '{ConfigurationText.Shown($"{word} {mask}")}'");
    }

    private AddressMatch Host(string word, EntryDraft entry) => device.Names.TryParse(word, out var address)
        ? new AddressMatch(AddressSet.Of(address))
        : Fail(entry, $"unknown host '{ConfigurationText.Shown(word)}'");

    private AddressMatch Group(string name, EntryDraft entry)
    {
        var shown = ConfigurationText.Shown(name);
        if (device.Groups.Find(name) is not { } group)
            return Fail(entry, $"'{shown}' is not defined");
        if (group.Kind != GroupKind.Network)
            return Fail(entry, $"'{shown}' holds no addresses");
        if (group.IsOpen)
            entry.Fail($"a part of '{shown}' is not evaluated");
        return group.Addresses;
    }
}
