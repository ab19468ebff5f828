using System.Text;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Services by ALPN name (IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs", and
/// unregistered ones in use).</summary>
internal sealed class AlpnServices
{
    /// <summary>Services known only by ALPN name.</summary>
    private static readonly (string Name, string Service)[] WithoutRow =
    [
        ("webrtc", "webrtc"),
        ("c-webrtc", "webrtc"),
        ("managesieve", "managesieve"),
        ("ntske/1", "ntske"),
        ("coap", "coap"),
        ("co", "coap"),
        ("dicom", "dicom"),
        ("acme-tls/1", "acme"),
    ];

    private readonly Entry[] _entries;

    /// <param name="named">ALPN names and the registry names of their protocols. A trailing <c>*</c> matches any name
    /// with that prefix.</param>
    public AlpnServices(IEnumerable<(string Name, string Service)> named) =>
        _entries = [.. named.Concat(WithoutRow).Select(entry => new Entry(entry.Name, entry.Service))];

    /// <summary>The service of a name, a registry name if there is one; null when unknown.</summary>
    public string? Of(ReadOnlySpan<byte> name)
    {
        foreach (var entry in _entries)
        {
            if (entry.Matches(name))
                return entry.Service;
        }

        return null;
    }

    /// <summary>The common service of all offered names; null when they differ or one is unknown.</summary>
    public string? OfOffer(AlpnNames names)
    {
        string? common = null;
        foreach (var name in names)
        {
            if (AlpnNames.IsGrease(name))
                continue;
            var service = Of(name);
            if (service is null || (common is not null && service != common))
                return null;
            common = service;
        }

        return common;
    }

    private sealed class Entry(string name, string service)
    {
        private readonly byte[] _name = Encoding.ASCII.GetBytes(name.TrimEnd('*'));
        private readonly bool _isStart = name.EndsWith('*');

        public string Service => service;

        public bool Matches(ReadOnlySpan<byte> name) => _isStart ? name.StartsWith(_name) : name.SequenceEqual(_name);
    }
}
