using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Contract;

/// <summary>Uses of a connection that carries many services, each once, in order.</summary>
internal sealed class LogUses
{
    private readonly List<CarriedUse> _uses = [];

    /// <summary>Keeps a use, unless it is known or there are too many.</summary>
    /// <param name="kind">What kind of use.</param>
    /// <param name="name">Name of the interface or share.</param>
    /// <param name="operation">Number of the call; 0 for other kinds.</param>
    /// <param name="line">Its file and line.</param>
    public void Keep(CarriedKind kind, string name, ushort operation, FrameReference line)
    {
        if (_uses.Count < CarriedUse.MaximumPerFlow
            && !_uses.Exists(use => use.Kind == kind && use.Name == name && use.Operation == operation))
            _uses.Add(new CarriedUse(kind, name, operation, line));
    }

    /// <summary>The flow with its uses. SMB that carries RPC is named as RPC alone would be.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="isSmb">True for SMB.</param>
    public FlowRecord AddTo(FlowRecord flow, bool isSmb)
    {
        var service = CarriedService.Of(isSmb ? RpcService.Protocol : flow.Protocol, flow.Service, _uses);
        return flow with
        {
            Carried = [.. _uses],
            Service = service,
            ServiceBasis = service is not null && flow.Service is null
                ? IdentificationBasis.Payload
                : flow.ServiceBasis,
        };
    }
}
