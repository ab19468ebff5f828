using System.Globalization;
using System.Runtime.InteropServices;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>The hop limits with which responders answered in connections that both capture points recorded: an answer
/// with more of them left comes from nearer.</summary>
internal sealed class UsualHopLimits
{
    private readonly Dictionary<(string Point, IpAddress Host), SortedSet<byte>> _hosts = [];

    /// <summary>Notes the pairs.</summary>
    public UsualHopLimits(IEnumerable<FlowPair> pairs)
    {
        foreach (var pair in pairs.Where(pair => pair.IsSameStream))
        {
            Note(pair.First);
            Note(pair.Second);
        }
    }

    /// <summary>True when a packet comes from nearer than the host, false when it comes from as far, null when the
    /// host's hop limits are not known.</summary>
    public bool? IsNearer(string point, IpAddress host, byte hopLimit)
    {
        if (hopLimit == 0 || !_hosts.TryGetValue((point, host), out var known))
            return null;
        return !known.Contains(hopLimit) && hopLimit > known.Max ? true : known.Contains(hopLimit) ? false : null;
    }

    /// <summary>In words, for example <c>TTL 61</c>.</summary>
    public string TextOf(string point, IpAddress host) => _hosts.TryGetValue((point, host), out var known)
        ? $"TTL {string.Join(", ", known.Select(ttl => ttl.ToString(CultureInfo.InvariantCulture)))}"
        : "not known";

    private void Note(FlowRecord flow)
    {
        if (flow.Trace?.In.HopLimit is > 0 and { } hopLimit)
            (CollectionsMarshal.GetValueRefOrAddDefault(_hosts, (flow.CapturePoint, flow.Responder.Address), out _)
                ??= []).Add(hopLimit);
    }
}
