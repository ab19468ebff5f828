using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Dcom;
using PortAudit.Traffic.Protocols.Mapi;
using PortAudit.Traffic.Protocols.Msmq;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The operations that announce ports, one row each.</summary>
internal static class RpcOperations
{
    private static readonly ImmutableArray<RpcOperation> Rows =
    [
        new(EndpointMapAnswer.Interface, EndpointMapAnswer.Map, EndpointAnnouncements.ReadMap),
        new(EndpointMapAnswer.Interface, EndpointMapAnswer.Lookup, EndpointAnnouncements.ReadLookup),
        new(DcomAnswer.RemoteActivator, DcomAnswer.CreateInstance, ExporterAnnouncements.ReadProperties),
        new(DcomAnswer.RemoteActivator, DcomAnswer.GetClassObject, ExporterAnnouncements.ReadProperties),
        new(DcomAnswer.ObjectExporter, DcomAnswer.ResolveOxid, ExporterAnnouncements.ReadResolving),
        new(DcomAnswer.ObjectExporter, DcomAnswer.ResolveOxid2, ExporterAnnouncements.ReadResolving),
        new(DcomAnswer.Activation, DcomAnswer.RemoteActivation, ExporterAnnouncements.ReadActivation),
        Msmq(MsmqPortQuestion.DirectoryService, MsmqPortQuestion.DirectoryServicePort),
        Msmq(MsmqPortQuestion.QueueManager, MsmqPortQuestion.QueueManagerPort),
        Msmq(MsmqPortQuestion.QueueManagers, MsmqPortQuestion.QueueManagersPort),
        Msmq(MsmqPortQuestion.RemoteRead, MsmqPortQuestion.RemoteReadPort),
        new(PushRegistration.Interface, PushRegistration.Operation, PushAnnouncements.Read) { IsRequest = true },
    ];

    /// <summary>True when an interface has operations that announce ports.</summary>
    public static bool HasAny(Guid uuid)
    {
        foreach (var row in Rows)
        {
            if (row.Interface == uuid)
                return true;
        }

        return false;
    }

    /// <summary>The operation that announces ports; null for others.</summary>
    public static RpcOperation? Find(Guid uuid, ushort number)
    {
        foreach (var row in Rows)
        {
            if (row.Number == number && row.Interface == uuid)
                return row;
        }

        return null;
    }

    private static RpcOperation Msmq(Guid asked, ushort number) =>
        new(asked, number, (in RpcStub stub, AnnouncementNotes notes) => QueueAnnouncements.Read(asked, stub, notes));
}
