namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Pending requests to followed pipes, as responses do not name the pipe.</summary>
internal sealed class SmbExchanges
{
    /// <summary>Pending requests at most; the oldest is dropped. An RPC client has one or two per pipe.</summary>
    public const int Maximum = 16;

    private readonly (ulong Number, SmbPipe? Pipe)[] _awaited = new (ulong, SmbPipe?)[Maximum];
    private int _next;

    public void Add(ulong number, SmbPipe pipe)
    {
        _awaited[_next] = (number, pipe);
        _next = (_next + 1) % Maximum;
    }

    /// <summary>The pipe of a pending request; null without one.</summary>
    public SmbPipe? Find(ulong number)
    {
        foreach (var (each, pipe) in _awaited)
        {
            if (pipe is not null && each == number)
                return pipe;
        }

        return null;
    }

    public void Remove(ulong number)
    {
        foreach (ref var each in _awaited.AsSpan())
        {
            if (each.Number == number)
                each = default;
        }
    }

    public void Remove(SmbPipe pipe)
    {
        foreach (ref var each in _awaited.AsSpan())
        {
            if (each.Pipe == pipe)
                each = default;
        }
    }
}
