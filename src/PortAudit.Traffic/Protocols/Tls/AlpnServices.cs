using System.Text;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>
/// Which service an ALPN name stands for (IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs", and
/// some that are in use without being registered).
/// </summary>
internal sealed class AlpnServices
{
    /// <summary>Services of which nothing but their ALPN names is known.</summary>
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

    /// <summary>Makes the table.</summary>
    /// <param name="named"> ALPN names, each with the registry name of its protocol. One that ends in <c>*</c> stands
    /// for all names that begin as it does. </param>
    public AlpnServices(IEnumerable<(string Name, string Service)> named) =>
        _entries = [.. named.Concat(WithoutRow).Select(entry => new Entry(entry.Name, entry.Service))];

    /// <summary>The service of one name: a registry name where there is one; null for a name that is not
    /// known.</summary>
    public string? Of(ReadOnlySpan<byte> name)
    {
        foreach (var entry in _entries)
        {
            if (entry.Matches(name))
                return entry.Service;
        }

        return null;
    }

    /// <summary>The service that all offered names stand for; null when they stand for several, or one of them is not
    /// known.</summary>
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
