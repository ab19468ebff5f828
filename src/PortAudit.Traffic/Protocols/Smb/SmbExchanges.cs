namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Requests to followed pipes whose answers, which do not name the pipe, are awaited.</summary>
internal sealed class SmbExchanges
{
    /// <summary>Requests that are remembered at most; of more the oldest is forgotten. A client of RPC awaits one or
    /// two answers of a pipe.</summary>
    public const int Maximum = 16;

    private readonly (ulong Number, SmbPipe? Pipe)[] _awaited = new (ulong, SmbPipe?)[Maximum];
    private int _next;

    /// <summary>Remembers a request.</summary>
    public void Add(ulong number, SmbPipe pipe)
    {
        _awaited[_next] = (number, pipe);
        _next = (_next + 1) % Maximum;
    }

    /// <summary>The pipe of a request that is awaited; null without one.</summary>
    public SmbPipe? Find(ulong number)
    {
        foreach (var (each, pipe) in _awaited)
        {
            if (pipe is not null && each == number)
                return pipe;
        }

        return null;
    }

    /// <summary>Forgets a request.</summary>
    public void Remove(ulong number)
    {
        foreach (ref var each in _awaited.AsSpan())
        {
            if (each.Number == number)
                each = default;
        }
    }

    /// <summary>Forgets all requests to a pipe.</summary>
    public void Remove(SmbPipe pipe)
    {
        foreach (ref var each in _awaited.AsSpan())
        {
            if (each.Pipe == pipe)
                each = default;
        }
    }
}
