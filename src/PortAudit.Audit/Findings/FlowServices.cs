using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>The finer names that bytes prove in a flow.</summary>
internal static class FlowServices
{
    /// <summary>Its service, and of RPC every interface that the server accepted, each once; empty where there is none.
    /// At most one more than <see cref="CarriedUse.MaximumPerFlow"/>.</summary>
    public static IEnumerable<string> Of(FlowRecord flow)
    {
        var names = new List<string>();
        if (ProtocolComparison.IsProof(flow.ServiceBasis) && flow.Service is { } service && service != flow.Protocol)
            names.Add(service);
        foreach (var use in flow.Carried)
        {
            if (use.Kind == CarriedKind.Interface && !names.Contains(use.Name))
                names.Add(use.Name);
        }

        return names;
    }
}
