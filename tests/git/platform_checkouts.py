"""The clones and variables that platforms give a job, by the git commands that each of them runs. Beside them stands what was
read: a platform's documentation, or the source of what clones."""
from sandbox import Sandbox, value


class Platforms(Sandbox):
    """main has 8 commits, with results of the last three. A pull request of one commit left it at main[5]; `merge` is the merge
    that hosts make of it and main[7]."""

    def setUp(self):
        super().setUp()
        self.server(commits=8)
        self.store(4, 5, 6, 7)
        self.head, self.merge = self.pull_request(branched_from=5)
        self.git("update-ref", "refs/heads/topic", self.head, cwd=self.server_path)

    def empty(self, name):
        work = self.dir / name
        self.git("init", "--quiet", work)
        return work

    def main_moves_on(self):
        """Somebody else's change lands; its commit."""
        return self.add_commit("refs/heads/main", 800, value(7) + 50_000, self.main[7])

    # Jenkins, git plugin: fetches what the job is for by its address, then checks the commit out. "Merging with the target" is
    # `git merge TARGET` upon the pull request's head (MergeWithGitSCMExtension of the GitHub branch source).
    def jenkins(self, sha, refspecs, merged_with=None, name="jenkins"):
        work = self.empty(name)
        self.git("fetch", "--quiet", "--no-tags", "--force", "--", self.url, *refspecs, cwd=work)
        self.git("config", "remote.origin.url", self.url, cwd=work)
        for refspec in refspecs:
            self.git("config", "--add", "remote.origin.fetch", refspec, cwd=work)
        self.git("checkout", "--quiet", "-f", sha, cwd=work)
        if merged_with:
            self.git("merge", "--quiet", "-X", "ours", "-m", "merge", merged_with, cwd=work)
        return work

    def jenkins_env(self, **more):
        return {"CI": "true", "JENKINS_URL": "https://ci.example/", "BUILD_NUMBER": "12", **more}

    # Azure Pipelines: init, fetch of depth 1, a detached head. Nothing but what is built is fetched.
    def azure(self, ref, name="azure", depth=1):
        work = self.empty(name)
        local = ref.replace("refs/heads/", "refs/remotes/origin/").replace("refs/pull/", "refs/remotes/pull/")
        local = local.replace("refs/tags/", "refs/remotes/tags/")
        self.git("remote", "add", "origin", self.url, cwd=work)
        self.git("fetch", "--quiet", "--force", "--no-tags", f"--depth={depth}", "origin", f"+{ref}:{local}", cwd=work)
        self.git("checkout", "--quiet", "--force", "--detach", local, cwd=work)
        return work

    def azure_env(self, reason, ref, **more):
        return {"TF_BUILD": "True", "BUILD_REASON": reason, "BUILD_SOURCEBRANCH": ref, **more}

    # Bitbucket Pipelines: a clone of one branch, 50 commits deep; for a pull request deep enough that the destination can be
    # merged into it.
    def bitbucket(self, branch, sha, merged_with=None, name="bitbucket"):
        depth = [] if merged_with else ["--depth=50"]
        work = self.clone(name, f"--branch={branch}", *depth)
        self.git("reset", "--quiet", "--hard", sha, cwd=work)
        if merged_with:
            self.git("merge", "--quiet", "-X", "ours", "--no-edit", merged_with, cwd=work)
        return work

    def bitbucket_env(self, sha, **more):
        return {"CI": "true", "BITBUCKET_BUILD_NUMBER": "12", "BITBUCKET_COMMIT": sha, **more}

    # Buildkite's agent: a clone that it keeps, a fetch of what is built, a detached head.
    def buildkite(self, ref, name="buildkite"):
        work = self.dir / name
        if not work.exists():
            self.clone(name)
        self.git("fetch", "--quiet", "--", "origin", ref, cwd=work)
        self.git("checkout", "--quiet", "-f", "FETCH_HEAD", cwd=work)
        return work

    def buildkite_env(self, **more):
        return {"CI": "true", "BUILDKITE": "true", "BUILDKITE_PULL_REQUEST": "false",
                "BUILDKITE_PULL_REQUEST_BASE_BRANCH": "", "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main", **more}

    # Travis CI (travis-build, git/clone.rb): a clone of depth 50, of a pull request the host's merge.
    def travis(self, sha, branch=None, ref=None, name="travis", depth=50):
        work = self.clone(name, f"--depth={depth}", *([f"--branch={branch}"] if branch else []))
        if ref:
            self.git("fetch", "--quiet", "origin", f"+{ref}:", cwd=work)
        self.git("checkout", "--quiet", "-f", "FETCH_HEAD" if ref else sha, cwd=work)
        return work

    def travis_env(self, event, branch, **more):
        return {"CI": "true", "TRAVIS": "true", "TRAVIS_EVENT_TYPE": event, "TRAVIS_BRANCH": branch,
                "TRAVIS_PULL_REQUEST": "false", "TRAVIS_TAG": "", **more}

    # Drone (drone-git, clone-pull-request): checks the target branch out by its name and merges the head into it.
    def drone(self, branch, sha=None, merged=None, how=("merge", "--quiet", "-X", "ours", "-m", "merge"), name="drone"):
        work = self.empty(name)
        self.git("remote", "add", "origin", self.url, cwd=work)
        self.git("fetch", "--quiet", "origin", f"+refs/heads/{branch}:", cwd=work)
        if merged:
            self.git("checkout", "--quiet", branch, cwd=work)
            self.git("fetch", "--quiet", "origin", "refs/pull/7/head:", cwd=work)
            self.git(*how, merged, cwd=work)
        else:
            self.git("checkout", "--quiet", sha, "-b", branch, cwd=work)
        return work

    def drone_env(self, event, **more):
        return {"CI": "true", "DRONE": "true", "DRONE_BUILD_EVENT": event, "DRONE_REPO_BRANCH": "main", **more}

    # CircleCI: a full clone, then a local branch of the name of what is built; pull/7 for a fork's.
    def circleci(self, branch, sha, ref=None, name="circleci"):
        work = self.clone(name)
        self.git("fetch", "--quiet", "--force", "origin",
                 f"+{ref or 'refs/heads/' + branch}:refs/remotes/origin/{branch}", cwd=work)
        self.git("checkout", "--quiet", "--force", "-B", branch, sha, cwd=work)
        return work

    def circleci_env(self, branch, **more):
        return {"CI": "true", "CIRCLECI": "true", "CIRCLE_BRANCH": branch, **more}
