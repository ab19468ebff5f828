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
    private readonly HashSet<IpAddress> _answeredByDevice = [];

    /// <summary>Notes the pairs.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="sides">Gives the originator's side of each pair.</param>
    public UsualHopLimits(IEnumerable<FlowPair> pairs, PointSides sides)
    {
        foreach (var pair in pairs)
        {
            if (pair.IsSameStream)
            {
                Note(pair.First);
                Note(pair.Second);
            }
            else if (pair.Basis != PairingBasis.Time)
            {
                _answeredByDevice.Add((sides.IsOriginatorFirst(pair) ? pair.First : pair.Second).Responder.Address);
            }
        }
    }

    /// <summary>True for an address for which the device answers: other connections to it are proxied.</summary>
    public bool IsAnsweredByDevice(IpAddress host) => _answeredByDevice.Contains(host);

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
