using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads the addresses of access list entries and group members.</summary>
/// <param name="device">What the words refer to.</param>
internal sealed class AsaAddressReader(AsaDevice device)
{
    private static AddressMatch Unknown => new(IntervalSet.Empty<UInt128>(), IsOpen: true);

    /// <summary>Takes an address: <c>any</c>, <c>any4</c>, <c>any6</c>, <c>host A</c>, <c>A MASK</c>, <c>A/LENGTH</c>,
    /// <c>interface NAME</c>, <c>object NAME</c>, <c>object-group NAME</c>. What cannot be read is open, and is said by
    /// the entry.</summary>
    public AddressMatch Read(WordCursor words, EntryDraft entry)
    {
        var word = words.Next();
        switch (word.ToLowerInvariant())
        {
            case "any":
                return new AddressMatch(device.Any);
            case "any4":
                return new AddressMatch(AddressSet.AnyIpv4);
            case "any6":
                return new AddressMatch(AddressSet.AnyIpv6);
            case "host":
                return Host(words.Next(), entry);
            case "interface":
                return Interface(words.Next(), entry);
            case "object" or "object-group":
                return Group(words.Next(), entry);
        }

        if (device.Names.TryParsePrefix(word, out var prefix))
            return new AddressMatch(AddressNames.SetOf(prefix));
        if (!device.Names.TryParse(word, out _))
            return Fail(entry, word.Length == 0 ? "an address is missing" : $"unknown address '{Shown(word)}'");
        var mask = words.Next();
        return device.Names.Masked(word, mask, isWildcard: false) is { } set
            ? new AddressMatch(set)
            : Fail(entry, mask.Length == 0 ? "a mask is missing" : $"unknown mask '{Shown(mask)}'");
    }

    private static AddressMatch Fail(EntryDraft entry, string reason)
    {
        entry.Fail(reason);
        return Unknown;
    }

    private static string Shown(string word) => ConfigurationText.Shown(word);

    private AddressMatch Host(string word, EntryDraft entry) => device.Names.TryParse(word, out var address)
        ? new AddressMatch(AddressSet.Of(address))
        : Fail(entry, $"unknown host '{Shown(word)}'");

    private AddressMatch Interface(string name, EntryDraft entry) => device.Zones.AddressesOf(name) is { } own
        ? new AddressMatch(own)
        : Fail(entry, $"the address of the interface '{Shown(name)}' is not in the file");

    private AddressMatch Group(string name, EntryDraft entry)
    {
        if (device.Groups.Find(name) is not { } group)
            return Fail(entry, $"'{Shown(name)}' is not defined");
        if (group.Kind != GroupKind.Network)
            return Fail(entry, $"'{Shown(name)}' holds no addresses");
        if (group.IsOpen)
            entry.Fail($"a part of '{Shown(name)}' is not evaluated");
        return group.Addresses;
    }
}
