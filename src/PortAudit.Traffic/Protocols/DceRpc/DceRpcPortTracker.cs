using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>
/// Reads ports from conversations of DCE/RPC: answers of the endpoint mapper (C706 appendix O), string bindings of DCOM
/// ([MS-DCOM]), server ports of Message Queuing ([MS-MQDS], [MS-MQMP], [MS-MQQP], [MS-MQRR]), the callback address of
/// Exchange ([MS-OXCRPC]), and the interfaces that a server accepts on the port itself.
/// </summary>
internal sealed class DceRpcPortTracker : IDynamicPortTracker
{
    private readonly RpcConnection _connection;
    private readonly RpcDatagrams _datagrams = new();

    /// <summary>Makes a tracker.</summary>
    /// <param name="overPipe"> True for the PDUs on one instance of a pipe, shown as a stream between the ends of SMB's
    /// flow: nothing that is accepted there listens on a port. </param>
    public DceRpcPortTracker(bool overPipe = false) => _connection = new RpcConnection(overPipe);

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (message.IsStream)
            return _connection.Read(message, notes);
        _datagrams.Read(message, notes);
        return message.Bytes.Length;
    }

    /// <inheritdoc />
    public void Clear()
    {
        _connection.Clear();
        _datagrams.Clear();
    }
}
