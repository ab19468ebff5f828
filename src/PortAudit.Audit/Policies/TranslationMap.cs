using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies;

/// <summary>The addresses by which rules know a destination that a device translates. Ports are not looked at: where
/// one address leads to several hosts, all of them are possible. From a translation of which one side is not known
/// nothing follows.</summary>
internal sealed class TranslationMap
{
    private readonly ImmutableArray<(PolicyTranslation Translation, IntervalSet<UInt128> Sent,
        IntervalSet<UInt128> Named)> _pairs;

    private readonly bool _mayBeDirect;

    /// <summary>Collects the static translations of a policy.</summary>
    public TranslationMap(Policy policy)
    {
        // What the client sends to the mapped address is known to rules by the real one, and nobody has the mapped
        // one. The other way round, a packet to a real address was perhaps never sent to the mapped one.
        _mayBeDirect = policy.MatchesMappedAddresses;
        _pairs =
        [
            .. policy.Translations
                .Where(translation => translation is { IsStatic: true, Real: not null, Mapped: not null })
                .Select(translation => policy.MatchesMappedAddresses
                    ? (translation, translation.Real!, translation.Mapped!)
                    : (translation, translation.Mapped!, translation.Real!)),
        ];
    }

    /// <summary>The destinations that rules may know a packet by, with the translation that says so; null for the
    /// address as it is.</summary>
    public IReadOnlyList<(IpAddress Destination, PolicyTranslation? By)> Destinations(IpAddress destination)
    {
        var number = AddressSet.Number(destination);
        List<(IpAddress, PolicyTranslation?)> found = [];
        foreach (var (translation, sent, named) in _pairs)
        {
            if (sent.Contains(number) && Counterpart(sent, named, number) is { } other
                && !found.Exists(known => known.Item1 == other))
                found.Add((other, translation));
        }

        if (_mayBeDirect || found.Count == 0)
            found.Insert(0, (destination, null));
        return found;
    }

    /// <summary>The address at the same place of the other set; null when that set is smaller.</summary>
    private static IpAddress? Counterpart(IntervalSet<UInt128> from, IntervalSet<UInt128> to, UInt128 number)
    {
        var offset = UInt128.Zero;
        foreach (var range in from.Ranges)
        {
            if (range.Contains(number))
                return At(to, offset + (number - range.First));
            offset += range.Last - range.First + UInt128.One;
        }

        return null;
    }

    private static IpAddress? At(IntervalSet<UInt128> set, UInt128 offset)
    {
        foreach (var range in set.Ranges)
        {
            if (offset <= range.Last - range.First)
                return AddressSet.Address(range.First + offset);
            offset -= range.Last - range.First + UInt128.One;
        }

        return null;
    }
}
