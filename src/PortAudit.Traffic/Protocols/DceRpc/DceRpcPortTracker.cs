using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads ports announced in DCE/RPC: endpoint mapper responses (C706 appendix O), DCOM string bindings
/// ([MS-DCOM]), Message Queuing server ports ([MS-MQDS], [MS-MQMP], [MS-MQQP], [MS-MQRR]), Exchange callback addresses
/// ([MS-OXCRPC]), and interfaces accepted on the port itself.</summary>
internal sealed class DceRpcPortTracker : IDynamicPortTracker
{
    private readonly RpcConnection _connection;
    private readonly RpcDatagrams _datagrams = new();

    /// <summary>Makes a tracker. With <paramref name="overPipe"/> it reads the PDUs of one pipe instance, as a stream
    /// between the endpoints of SMB's flow: interfaces accepted there listen on no port.</summary>
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
