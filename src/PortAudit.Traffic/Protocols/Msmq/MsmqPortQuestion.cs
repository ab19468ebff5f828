namespace PortAudit.Traffic.Protocols.Msmq;

/// <summary>Message Queuing operations that return the port of an interface, without the endpoint mapper.</summary>
internal static class MsmqPortQuestion
{
    /// <summary>dscomm ([MS-MQDS] 1.9) and its S_DSGetServerPort ([MS-MQDS] 3.1.4.1).</summary>
    public static readonly Guid DirectoryService = new("77df7a80-f298-11d0-8358-00a024c480a8");
    public const ushort DirectoryServicePort = 27;

    /// <summary>qmcomm ([MS-MQMP] 1.9) and its R_QMGetRTQMServerPort ([MS-MQMP] 3.1.4.24).</summary>
    public static readonly Guid QueueManager = new("fdb3a030-065f-11d1-bb9b-00a024ea5525");
    public const ushort QueueManagerPort = 31;

    /// <summary>qm2qm ([MS-MQQP] 1.9) and its RemoteQMGetQMQMServerPort ([MS-MQQP] 3.1.4.8).</summary>
    public static readonly Guid QueueManagers = new("1088a980-eae5-11d0-8d9b-00a02453c337");
    public const ushort QueueManagersPort = 7;

    /// <summary>RemoteRead ([MS-MQRR] 1.9) and its R_GetServerPort ([MS-MQRR] 3.1.4.1).</summary>
    public static readonly Guid RemoteRead = new("1a9134dd-7b39-45ba-ad88-44d01ca47f28");
    public const ushort RemoteReadPort = 0;

    /// <summary>Arguments of queue manager queries for a TCP port; others are for SPX.</summary>
    private const uint Handshake = 0;
    private const uint Read = 1;

    /// <summary>Argument of a directory service query for a TCP port.</summary>
    private const uint OverIp = 1;

    /// <summary>The interface whose port a response gives; null when no TCP port was requested.</summary>
    /// <param name="asked">The interface called.</param>
    /// <param name="argument">First argument of the call; null when unknown.</param>
    public static Guid? InterfaceOf(Guid asked, uint? argument)
    {
        if (asked == RemoteRead)
            return asked;
        if (asked == DirectoryService)
            return argument == OverIp ? asked : null;
        return argument switch
        {
            Handshake => QueueManager,
            Read => QueueManagers,
            _ => null,
        };
    }
}
