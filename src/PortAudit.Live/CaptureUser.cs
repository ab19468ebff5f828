using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;
using PortAudit.Live.Host;
using PortAudit.Live.Interfaces;

namespace PortAudit.Live;

/// <summary>
/// The user to which a process started by root switches once its interfaces are open, so that network data is parsed
/// without rights: only the reading thread keeps CAP_NET_RAW, to reopen lost interfaces
/// (<see cref="LiveOptions.Reopens"/>).
/// </summary>
/// <param name="Name">Name of the user; null for one that has none.</param>
/// <param name="User">Number of the user, not 0.</param>
/// <param name="Group">Number of its group.</param>
public sealed unsafe record CaptureUser(string? Name, uint User, uint Group)
{
    /// <summary>Longest entry of the user database that is read, in bytes.</summary>
    private const int MaximumEntry = 1 << 20;

    private const int FirstEntry = 1 << 12;

    /// <summary>SECCOMP_RET_ALLOW as an instruction (<c>BPF_RET | BPF_K</c>): the code in the low 16 bits, the value in
    /// the high 32.</summary>
    private const ulong AllowAll = 0x7FFF0000_0000_0006;

    /// <summary>Finds a user of this machine.</summary>
    /// <param name="user">A name, a number, or <c>UID:GID</c> for a user that the machine does not know.</param>
    /// <param name="problem">Why there is none, a sentence without its end; null when it was found.</param>
    public static CaptureUser? Find(string user, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(user);
        problem = OperatingSystem.IsWindows()
            ? "a process cannot become another user on Windows: run it as a service with an account of its own"
            : null;
        if (problem is not null)
            return null;
        var found = user.Split(':') switch
        {
            [var id, var group] when Number(id) is { } one && Number(group) is { } other =>
                new CaptureUser(null, one, other),
            [var id] when Number(id) is { } one =>
                Entry((entry, buffer, length, to) => UserCalls.FindUser(one, entry, buffer, length, to)),
            [{ Length: > 0 } name] when !name.Contains('\0', StringComparison.Ordinal) =>
                Entry((entry, buffer, length, to) => UserCalls.FindUser(name, entry, buffer, length, to)),
            _ => null,
        };
        problem = found switch
        {
            null when Number(user) is not null =>
                $"this machine knows no user with the number {user}: give its group, too, as in {user}:{user}",
            null => $"this machine knows no user {user}",
            { User: 0 } => "root is who the process should no longer be: name another user",
            _ => null,
        };
        return problem is null ? found : null;
    }

    /// <summary>
    /// Switches this process to the user for good. Call it on the reading thread, after opening interfaces and before
    /// reading or writing. If it is that user already, it only gives up further rights. After a failure the process may
    /// be half changed: end it.
    /// </summary>
    /// <returns>Why it failed, a clause; null when it is done and was checked.</returns>
    public string? Become()
    {
        var isRoot = UserCalls.EffectiveUser() == 0;
        if (!isRoot && UserCalls.EffectiveUser() != User)
            return $"only root can become another user, and this process is the user's with the number "
                + $"{UserCalls.EffectiveUser()}: start it with sudo, or leave the user out";
        if (isRoot && ChangeUser() is { } refused)
            return refused;
        return OperatingSystem.IsLinux() ? GiveUpRest(isRoot) : null;
    }

    private string? ChangeUser()
    {
        if (OperatingSystem.IsLinux() && UserCalls.ControlThread(UserCalls.SetKeepCapabilities, 1, 0, 0, 0) != 0)
            return Failure("keep the right to capture");
        var group = Group;
        if ((Name is null ? UserCalls.SetGroups(1, &group) : UserCalls.SetGroupsOf(Name, Group)) != 0)
            return Failure("take the user's groups");
        if (UserCalls.SetGroup(Group) != 0)
            return Failure("take the user's group");
        if (UserCalls.SetUser(User) != 0)
            return Failure("become the user");
        return UserCalls.SetUser(0) == 0 ? "this process could become root again" : null;
    }

    private string? GiveUpRest(bool wasRoot)
    {
        if (!KeepNetRawOnly())
            return Failure("give up capabilities");
        if (UserCalls.ControlThread(UserCalls.SetNoNewPrivileges, 1, 0, 0, 0) != 0 || !SpreadNoNewPrivileges())
            return Failure("rule out new rights");
        return wasRoot ? ThreadRights.Excess(User, Group) : null;
    }

    /// <summary>Of this thread; others lost theirs with root.</summary>
    private static bool KeepNetRawOnly()
    {
        var header = stackalloc uint[] { UserCalls.CapabilityVersion, 0 };
        var sets = stackalloc uint[6];
        if (UserCalls.GetCapabilities(header, sets) != 0)
            return false;
        var kept = (uint)(sets[1] & CapabilitySet.NetRawOnly.Bits);
        var only = stackalloc uint[] { kept, kept, 0, 0, 0, 0 };
        _ = UserCalls.ControlThread(UserCalls.SetKeepCapabilities, 0, 0, 0, 0);
        return UserCalls.ControlThread(UserCalls.Ambient, UserCalls.ClearAmbient, 0, 0, 0) == 0
            && UserCalls.SetCapabilities(header, only) == 0;
    }

    /// <summary>The kernel sets no_new_privs per thread; only setting a seccomp filter for all threads (seccomp(2),
    /// SECCOMP_FILTER_FLAG_TSYNC) spreads it. So a filter that allows everything is set.</summary>
    private static bool SpreadNoNewPrivileges()
    {
        var allow = AllowAll;
        var filter = new UserCalls.SocketFilter { Length = 1, Instructions = &allow };
        return UserCalls.Seccomp is { } number
            && UserCalls.SystemCall(number, UserCalls.SetFilter, UserCalls.AllThreads, &filter) == 0;
    }

    private static string Failure(string what) => $"this process cannot {what}: {Marshal.GetLastPInvokeErrorMessage()}";

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != uint.MaxValue
            ? number
            : null;

    /// <summary>Reads an entry of the user database; null when there is none, or it cannot be read.</summary>
    private static CaptureUser? Entry(Lookup lookup)
    {
        for (var length = FirstEntry; length <= MaximumEntry; length *= 2)
        {
            var buffer = new byte[length];
            UserCalls.UserEntry entry;
            UserCalls.UserEntry* found;
            fixed (byte* bytes = buffer)
            {
                var status = lookup(&entry, bytes, (nuint)length, &found);
                if (status == 0 && found is not null)
                    return new CaptureUser(Utf8StringMarshaller.ConvertToManaged(found->Name), found->User,
                        found->Group);
                if (status != UserCalls.TooSmall)
                    return null;
            }
        }

        return null;
    }

    private delegate int Lookup(UserCalls.UserEntry* entry, byte* buffer, nuint length, UserCalls.UserEntry** found);
}
