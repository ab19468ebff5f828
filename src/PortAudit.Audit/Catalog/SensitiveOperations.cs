using System.Collections.Immutable;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Audit.Catalog;

/// <summary>The operations by which hosts are administered from afar, and the protocols that carry them.</summary>
/// <param name="All">The operations, in the order of the file.</param>
/// <param name="Carriers">Protocols within which operations travel that are not protocols of their own.</param>
internal sealed record SensitiveOperations(ImmutableArray<SensitiveOperation> All, ImmutableArray<string> Carriers)
{
    /// <summary>Name of the shipped file, without extension.</summary>
    public const string FileName = "sensitive-operations";

    private static readonly Lazy<SensitiveOperations> ShippedOnce = new(ReadShipped);

    /// <summary>Those that travel inside the program.</summary>
    public static SensitiveOperations Shipped => ShippedOnce.Value;

    /// <summary>Registry names of all protocols by which a host can be administered.</summary>
    private ImmutableArray<string> Ways { get; } =
    [
        .. Carriers,
        .. All.SelectMany(operation => operation.Services.IsEmpty ? operation.Protocols : operation.Services),
    ];

    /// <summary>True for a service, as bytes or a registered port name it, by which hosts can be administered: nothing
    /// should be opened for it lightly.</summary>
    /// <param name="protocols">Protocols that bytes prove; empty when none do.</param>
    /// <param name="ports">Responder ports.</param>
    public bool IsWay(IEnumerable<string> protocols, IEnumerable<ushort> ports)
    {
        var proved = protocols.ToList();
        return proved.Count > 0
            ? proved.Any(protocol => Ways.Contains(protocol))
            : ports.Any(port => Ways.Any(way => ProtocolRegistry.Find(way) is { } row
                && (row.TcpPorts.Contains(port) || row.UdpPorts.Contains(port))));
    }

    /// <summary>True when one of these protocols is for administration alone, not a carrier of other services
    /// too.</summary>
    public bool IsSession(IEnumerable<string> protocols) =>
        protocols.Any(protocol => Ways.Contains(protocol) && !Carriers.Contains(protocol));

    /// <summary>True for the service of an RPC interface that is one of the operations, whatever is called.</summary>
    public bool IsSensitive(string service) =>
        All.Any(operation => operation.Interfaces.Contains(service, StringComparer.OrdinalIgnoreCase));

    private static SensitiveOperations ReadShipped()
    {
        var file = new FileDiagnostics(ShippedRules.PathOf(FileName));
        return ShippedRules.Read(FileName, file) is { } yaml
            ? OperationsReader.Read(yaml, file)
            : new SensitiveOperations([], []);
    }
}
