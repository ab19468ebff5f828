using System.Globalization;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>VLANs that count as one in flow keys. By default none: only a tap or mirror port that tags the two
/// directions of a conversation differently needs it.</summary>
public sealed class VlanEquivalence
{
    /// <summary>Every VLAN is separate.</summary>
    public static readonly VlanEquivalence None = new(null);

    /// <summary>All VLANs and untagged frames are one: flows then have no VLAN.</summary>
    public static readonly VlanEquivalence All = new([]);

    private const string Untagged = "none";
    private const int Identifiers = 4096;

    /// <summary>The representative of each identifier plus one, 0 for no tag; null when nothing is joined, empty when
    /// all is.</summary>
    private readonly ushort[]? _joined;

    private VlanEquivalence(ushort[]? joined) => _joined = joined;

    /// <summary>Parses groups of equivalent VLANs: <c>10=20,30=31=none</c>, where <c>none</c> means untagged. A group
    /// is represented by its first member, or by no tag if it contains <c>none</c>.</summary>
    /// <param name="text">Groups separated by commas, members by equals signs.</param>
    /// <param name="vlans">The equivalence.</param>
    /// <param name="fault">The error, when false.</param>
    public static bool TryParse(string text, out VlanEquivalence vlans, out string fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        vlans = None;
        fault = "";
        var joined = new ushort[Identifiers];
        for (var identifier = 0; identifier < Identifiers; identifier++)
            joined[identifier] = (ushort)(identifier + 1);

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in text.Split(','))
        {
            var members = group.Split('=', StringSplitOptions.TrimEntries);
            fault = FaultOf(group, members, seen);
            if (fault.Length > 0)
                return false;

            var first =
                members.Contains(Untagged, StringComparer.Ordinal) ? (ushort)0 : (ushort)(Number(members[0]) + 1);
            foreach (var member in members.Where(member => member != Untagged))
                joined[Number(member)] = first;
        }

        vlans = new VlanEquivalence(joined);
        return true;
    }

    /// <summary>The tags under which these tags are counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public VlanTags Of(VlanTags tags) => _joined is null || tags == VlanTags.None ? tags : JoinedOf(tags);

    /// <summary>Replaces a packet's tags by those under which it is counted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Join(ref DecodedPacket packet)
    {
        if (_joined is not null)
            packet.Vlan = Of(packet.Vlan);
    }

    private VlanTags JoinedOf(VlanTags tags) =>
        _joined!.Length == 0 ? VlanTags.None : VlanTags.None.Join(Joined(tags.Outer)).Join(Joined(tags.Inner));

    private static string FaultOf(string group, string[] members, HashSet<string> seen)
    {
        if (members.Length < 2)
            return $"'{group}' names no VLANs that are equivalent; write for example 10=20";
        foreach (var member in members)
        {
            if (member != Untagged && (!ushort.TryParse(member, NumberStyles.None, CultureInfo.InvariantCulture,
                out var number) || number >= Identifiers))
                return $"'{member}' is no VLAN identifier; they go from 0 to {Identifiers - 1}, and '{Untagged}' "
                    + "stands for frames without a tag";
            if (!seen.Add(member == Untagged ? member : Number(member).ToString(CultureInfo.InvariantCulture)))
                return $"VLAN '{member}' is named twice; put all that are equivalent into one group, for example "
                    + "10=20=30";
        }

        return "";
    }

    private static ushort Number(string member) =>
        ushort.Parse(member, NumberStyles.None, CultureInfo.InvariantCulture);

    private ushort Joined(ushort stored) => stored == 0 ? (ushort)0 : _joined![stored - 1];
}
